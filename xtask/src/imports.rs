//! The names by which the app's wasm and its script know each other, made short: each stands in both, with a hash that does not compress.
//!
//! Invariant: a name changes in both or in neither, and only names that wasm-bindgen made: chunks know the others.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use wasm_encoder::reencode::{self, Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

use crate::failure::{Done, Failure};
use crate::names::section;

/// How the names begin that wasm-bindgen makes.
const MADE: [&str; 3] = ["__wbg_", "__wbindgen_", "wasm_bindgen__"];

/// Long names with the short ones that take their places.
type Names = BTreeMap<String, String>;

/// Shortens the names in both files.
pub fn shorten(wasm: &Path, script: &Path) -> Done {
    let bytes = fs::read(wasm).map_err(|error| Failure::file("read", wasm, &error))?;
    let text = fs::read_to_string(script).map_err(|error| Failure::file("read", script, &error))?;
    let unreadable = |error: &dyn std::fmt::Display| {
        Failure::new(format!("the names in {} cannot be read: {error}; build again.", wasm.display()))
    };
    let names = names(&bytes).map_err(|error| unreadable(&error))?;
    let renamed = renamed(&bytes, &names).map_err(|error| unreadable(&error))?;
    fs::write(wasm, renamed).map_err(|error| Failure::file("write", wasm, &error))?;
    fs::write(script, spoken(&text, &names)).map_err(|error| Failure::file("write", script, &error))
}

/// All names in the wasm that wasm-bindgen made.
fn names(bytes: &[u8]) -> wasmparser::Result<Names> {
    let mut names = Names::new();
    let mut take = |name: &str| {
        if MADE.iter().any(|begin| name.starts_with(begin)) && !names.contains_key(name) {
            names.insert(name.to_owned(), format!("${}", names.len()));
        }
    };
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    take(import?.name);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    take(export?.name);
                }
            }
            _ => {}
        }
    }
    Ok(names)
}

/// The same module under the short names.
fn renamed(bytes: &[u8], names: &Names) -> Result<Vec<u8>, reencode::Error> {
    let short = |name: &str| names.get(name).map_or_else(|| name.to_owned(), String::clone);
    let mut as_it_is = RoundtripReencoder;
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ImportSection(imports) => {
                let mut named = ImportSection::new();
                for import in imports.into_imports() {
                    let import = import?;
                    named.import(import.module, &short(import.name), as_it_is.entity_type(import.ty)?);
                }
                module.section(&named);
            }
            Payload::ExportSection(exports) => {
                let mut named = ExportSection::new();
                for export in exports {
                    let export = export?;
                    named.export(&short(export.name), as_it_is.export_kind(export.kind)?, export.index);
                }
                module.section(&named);
            }
            payload => {
                if let Some((id, range)) = payload.as_section() {
                    module.section(&RawSection { id, data: section(bytes, range) });
                }
            }
        }
    }
    Ok(module.finish())
}

/// The same script under the short names: an identifier changes whole or not at all.
fn spoken(script: &str, names: &Names) -> String {
    let within = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    let mut spoken = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(begin) = rest.find(within) {
        let (before, word) = rest.split_at(begin);
        let (word, after) = word.split_at(word.find(|letter| !within(letter)).unwrap_or(word.len()));
        spoken.push_str(before);
        spoken.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    spoken + rest
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, ExportKind, TypeSection};

    use super::*;

    #[test]
    fn names_change_in_both_files_or_in_neither() {
        let module = |import: &str, export: &str| {
            let mut types = TypeSection::new();
            types.ty().function([], []);
            let (mut imports, mut exports) = (ImportSection::new(), ExportSection::new());
            imports.import("./app.js", import, EntityType::Function(0));
            exports.export(export, ExportKind::Func, 0).export("memory_of_all", ExportKind::Func, 0);
            let mut module = Module::new();
            module.section(&types).section(&imports).section(&exports);
            module.finish()
        };
        let before = module("__wbg_now_0123456789abcdef", "__wbindgen_malloc");
        let names = names(&before).expect("a module");
        assert_eq!(renamed(&before, &names).expect("a module"), module("$0", "$1"));

        let script = "{ __wbg_now_0123456789abcdef: () => now(), other___wbindgen_malloc: wasm.__wbindgen_malloc(memory_of_all) }";
        assert_eq!(
            spoken(script, &names),
            "{ $0: () => now(), other___wbindgen_malloc: wasm.$1(memory_of_all) }"
        );
    }
}
