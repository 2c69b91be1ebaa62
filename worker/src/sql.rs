//! The port [`Sql`] over a Durable Object's SQLite.
//!
//! The SDK binds neither `transactionSync` nor a way to take all rows at once, so both are bound here. Outside a transaction a
//! statement that was run before a panic or an `Err` is kept; inside one, nothing is.

use std::panic::AssertUnwindSafe;

use archive::{Row, Sql, SqlError, Value};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::State;

#[wasm_bindgen]
extern "C" {
    #[derive(Debug, Clone)]
    type Storage;
    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &Storage,
        body: &mut dyn FnMut() -> Result<JsValue, JsValue>,
    ) -> Result<JsValue, JsValue>;

    #[derive(Debug, Clone)]
    type Database;
    #[wasm_bindgen(method, catch, variadic)]
    fn exec(this: &Database, statement: &str, params: &Array) -> Result<Cursor, JsValue>;

    type Cursor;
    #[wasm_bindgen(method, catch)]
    fn raw(this: &Cursor) -> Result<Cursor, JsValue>;
    #[wasm_bindgen(method, catch, js_name = toArray)]
    fn to_array(this: &Cursor) -> Result<Array, JsValue>;
}

/// The SQLite of one object.
#[derive(Debug, Clone)]
pub struct StorageSql {
    storage: Storage,
    database: Database,
}

impl StorageSql {
    /// The storage of the object whose state this is.
    pub fn of(state: &State) -> Self {
        let storage = state.storage();
        let storage: &JsValue = storage.as_raw().as_ref();
        let database = state.storage().as_raw().sql();
        Self { storage: storage.clone().unchecked_into(), database: JsValue::from(database).unchecked_into() }
    }
}

impl Sql for StorageSql {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, SqlError> {
        let params: Array = params.iter().map(to_js).collect();
        let cursor = self.database.exec(sql, &params).map_err(|error| failed(&error))?;
        let rows = cursor.raw().and_then(|rows| rows.to_array()).map_err(|error| failed(&error))?;
        let row = |row: JsValue| row.unchecked_into::<Array>().iter().map(|value| from_js(&value)).collect();
        rows.iter().map(row).collect()
    }

    fn transaction(&self, body: &mut dyn FnMut() -> Result<(), SqlError>) -> Result<(), SqlError> {
        // What it throws rolls back, and comes out again here; so does a panic of the body.
        let mut body = AssertUnwindSafe(body);
        let mut throwing = move || {
            let body = &mut body;
            match (body.0)() {
                Ok(()) => Ok(JsValue::UNDEFINED),
                Err(SqlError(reason)) => Err(JsValue::from_str(&reason)),
            }
        };
        self.storage.transaction_sync(&mut throwing).map(drop).map_err(|error| failed(&error))
    }
}

#[expect(clippy::cast_precision_loss, reason = "every integer of the archive is exact in a JSON number")]
fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Integer(integer) => JsValue::from_f64(*integer as f64),
        Value::Text(text) => JsValue::from_str(text),
        Value::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "every integer of the archive is exact in a JSON number")]
fn from_js(value: &JsValue) -> Result<Value, SqlError> {
    if let Some(text) = value.as_string() {
        Ok(Value::Text(text))
    } else if let Some(number) = value.as_f64() {
        Ok(Value::Integer(number as i64))
    } else if value.is_null() {
        Ok(Value::Null)
    } else if let Some(bytes) = value.dyn_ref::<ArrayBuffer>() {
        Ok(Value::Bytes(Uint8Array::new(bytes).to_vec()))
    } else {
        Err(SqlError("a column holds neither NULL, an integer, text nor bytes".to_owned()))
    }
}

fn failed(error: &JsValue) -> SqlError {
    let said =
        error.as_string().or_else(|| error.dyn_ref::<js_sys::Error>().map(|e| String::from(e.message())));
    SqlError(said.unwrap_or_else(|| "the storage failed and did not say why".to_owned()))
}
