//! The port over `node:sqlite`, the SQLite built into Node 24 and later: for tests and simulations that run as wasm.
//!
//! Not here: bindings. The module is reached by name at run time, so that nothing but Node has to know of it.
//! Statements are prepared once a database; the database is closed when this is dropped.

use std::{cell::RefCell, collections::BTreeMap};

use js_sys::{Array, Function, JsString, Reflect, Uint8Array};
use protocol::limits::EXACT_INTEGER;
use wasm_bindgen::{JsCast, JsValue};

use crate::sql::{Row, Sql, SqlError, Value};

/// A SQLite of this Node process, in memory.
#[derive(Debug)]
pub struct Node {
    database: JsValue,
    prepared: RefCell<BTreeMap<String, JsValue>>,
}

impl Node {
    /// A new one in memory; gone when it is dropped.
    ///
    /// # Errors
    /// [`SqlError`] where there is no `node:sqlite`: not in Node, or in one before 24.
    pub fn in_memory() -> Result<Self, SqlError> {
        let module = module()
            .map_err(|_| SqlError("node:sqlite is missing: run this in Node 24 or later".to_owned()))?;
        let class = field(&module, "DatabaseSync")?.dyn_into::<Function>().map_err(failed)?;
        let database = Reflect::construct(&class, &Array::of1(&":memory:".into())).map_err(failed)?;
        Ok(Self { database, prepared: RefCell::default() })
    }

    fn prepare(&self, sql: &str) -> Result<JsValue, SqlError> {
        if let Some(statement) = self.prepared.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let statement = call(&self.database, "prepare", &Array::of1(&sql.into()))?;
        // Rows as arrays: columns of one name stay apart, and keep their order.
        call(&statement, "setReturnArrays", &Array::of1(&JsValue::TRUE))?;
        self.prepared.borrow_mut().insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl Sql for Node {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, SqlError> {
        let statement = self.prepare(sql)?;
        let params: Array = params.iter().map(to_js).collect();
        let rows: Array = call(&statement, "all", &params)?.dyn_into().map_err(failed)?;
        rows.iter().map(|row| Array::from(&row).iter().map(from_js).collect()).collect()
    }

    fn transaction(&self, body: &mut dyn FnMut() -> Result<(), SqlError>) -> Result<(), SqlError> {
        let run = |sql| self.query(sql, &[]).map(drop);
        run("BEGIN IMMEDIATE")?;
        body().and_then(|()| run("COMMIT")).inspect_err(|_| {
            // SQLite may have rolled back by itself; then there is nothing left to do, and this says so.
            drop(run("ROLLBACK"));
        })
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // A database in memory has nothing to lose; one that does not close waits for the garbage collector.
        drop(call(&self.database, "close", &Array::new()));
    }
}

fn module() -> Result<JsValue, SqlError> {
    let process = field(&js_sys::global(), "process")?;
    call(&process, "getBuiltinModule", &Array::of1(&"node:sqlite".into()))
}

fn field(object: &JsValue, name: &str) -> Result<JsValue, SqlError> {
    Reflect::get(object, &name.into()).map_err(failed)
}

fn call(object: &JsValue, method: &str, arguments: &Array) -> Result<JsValue, SqlError> {
    let function = field(object, method)?.dyn_into::<Function>().map_err(failed)?;
    function.apply(object, arguments).map_err(failed)
}

fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        // As a BigInt: a plain number would be bound as a real.
        Value::Integer(number) => JsValue::from(*number),
        Value::Text(text) => JsValue::from_str(text),
        Value::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
    }
}

fn from_js(value: JsValue) -> Result<Value, SqlError> {
    if value.is_null() {
        return Ok(Value::Null);
    }
    if let Some(number) = value.as_f64() {
        return whole(number);
    }
    let value = match value.dyn_into::<JsString>() {
        Ok(text) => return Ok(Value::Text(String::from(text))),
        Err(value) => value,
    };
    match value.dyn_into::<Uint8Array>() {
        Ok(bytes) => Ok(Value::Bytes(bytes.to_vec())),
        Err(_) => Err(SqlError(
            "a column holds neither a number, text nor bytes; the archive writes nothing else".to_owned(),
        )),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "what is whole and at most 2^53 - 1 is exact as both"
)]
fn whole(number: f64) -> Result<Value, SqlError> {
    if number.fract() == 0.0 && number.abs() <= EXACT_INTEGER as f64 {
        return Ok(Value::Integer(number as i64));
    }
    Err(SqlError(format!("a column holds {number}; the archive writes whole numbers up to 2^53 - 1 alone")))
}

fn failed(thrown: impl Into<JsValue>) -> SqlError {
    let thrown = thrown.into();
    let message = Reflect::get(&thrown, &"message".into()).ok().and_then(|message| message.as_string());
    SqlError(message.unwrap_or_else(|| format!("{thrown:?}")))
}
