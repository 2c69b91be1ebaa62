//! The platform's own cryptography (WebCrypto), as far as it is needed here.
//!
//! Not here: what is signed, encrypted or believed.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use worker::{wasm_bindgen, wasm_bindgen_futures::JsFuture};

/// An object of the platform's, such as the name of an algorithm or a key in JSON; what is empty is left out.
pub fn object(fields: &[(&str, &str)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        Reflect::set(&object, &(*name).into(), &(*value).into())?;
    }
    Ok(object)
}

/// A key in one of the platform's formats that may be used for this alone.
pub async fn key(format: &str, key: &JsValue, algorithm: &Object, uses: &[&str]) -> Result<JsValue, JsValue> {
    let uses: Array = uses.iter().copied().map(JsValue::from).collect();
    JsFuture::from(import_key(format, key, algorithm, false, &uses)?).await
}

/// The bytes that come of it.
pub async fn bytes(promised: Promise) -> Result<Vec<u8>, JsValue> {
    Ok(Uint8Array::new(&JsFuture::from(promised).await?).to_vec())
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = importKey)]
    fn import_key(
        format: &str,
        key: &JsValue,
        algorithm: &Object,
        extractable: bool,
        uses: &Array,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = generateKey)]
    pub fn generate_key(algorithm: &Object, extractable: bool, uses: &Array) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = exportKey)]
    pub fn export_key(format: &str, key: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = deriveBits)]
    pub fn derive_bits(algorithm: &Object, key: &JsValue, count: u32) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = encrypt)]
    pub fn encrypt(algorithm: &Object, key: &JsValue, plain: &Uint8Array) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = sign)]
    pub fn sign(algorithm: &Object, key: &JsValue, signed: &Uint8Array) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = verify)]
    pub fn verify(
        algorithm: &Object,
        key: &JsValue,
        signature: &Uint8Array,
        signed: &Uint8Array,
    ) -> Result<Promise, JsValue>;
}
