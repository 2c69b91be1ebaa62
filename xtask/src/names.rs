//! Function names in a shipped wasm: those of our own crates stay, so that a stack in error tracking can be read; all others go.
//!
//! Not wasm-opt's: it keeps all names, 50 KB of them, or none.

use std::fs;
use std::ops::Range;
use std::path::Path;

use wasm_encoder::{Module, NameMap, NameSection, RawSection};
use wasmparser::{KnownCustom, Name, NameSectionReader, Parser, Payload};

use crate::failure::{Done, Failure};

/// Whose functions keep their names.
const OURS: [&str; 5] = ["edgewise_worker", "room", "archive", "protocol", "metrics"];

/// Leaves only our own names in the file.
pub fn keep_own(wasm: &Path) -> Done {
    let bytes = fs::read(wasm).map_err(|error| Failure::file("read", wasm, &error))?;
    let trimmed = trimmed(&bytes).map_err(|error| {
        Failure::new(format!("the names in {} cannot be read: {error}; build again.", wasm.display()))
    })?;
    fs::write(wasm, trimmed).map_err(|error| Failure::file("write", wasm, &error))
}

fn trimmed(bytes: &[u8]) -> wasmparser::Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        if let Payload::CustomSection(custom) = &payload
            && let KnownCustom::Name(names) = custom.as_known()
        {
            module.section(&own_names(names)?);
        } else if let Some((id, range)) = payload.as_section() {
            module.section(&RawSection { id, data: section(bytes, range) });
        }
    }
    Ok(module.finish())
}

/// The parser has read up to the end of it, so it is there.
pub fn section(bytes: &[u8], range: Range<u64>) -> &[u8] {
    let place = |offset| usize::try_from(offset).unwrap_or(usize::MAX);
    bytes.get(place(range.start)..place(range.end)).unwrap_or_default()
}

fn own_names(names: NameSectionReader<'_>) -> wasmparser::Result<NameSection> {
    let mut kept = NameMap::new();
    for name in names {
        if let Name::Function(functions) = name? {
            for function in functions {
                let function = function?;
                if let Some(name) = readable(function.name) {
                    kept.append(function.index, &name);
                }
            }
        }
    }
    let mut section = NameSection::new();
    section.functions(&kept);
    Ok(section)
}

/// The name of a function of ours, or of a type's own method, without what the compiler adds to tell crates apart, as in `room[0123456789abcdef]::Room`, and
/// without what its parameters stand for; `None` for all others.
fn readable(name: &str) -> Option<String> {
    let mut plain = String::new();
    for (part, piece) in name.split('[').enumerate() {
        let rest = piece.split_once(']').filter(|(hash, _)| is_hash(hash)).map(|(_, rest)| rest);
        match rest {
            Some(rest) => plain.push_str(rest),
            None if part == 0 => plain.push_str(piece),
            None => plain.extend(["[", piece]),
        }
    }
    if let Some(generic) = plain.find("::<") {
        plain.truncate(generic);
    }
    // Most implementations of traits are derived, and calls out to JavaScript have no Rust in them.
    if plain.contains(" as ") || plain.contains("::__wb") {
        return None;
    }
    let path = plain.trim_start_matches(['<', '&']);
    let ours = OURS.iter().any(|ours| path.strip_prefix(ours).is_some_and(|rest| rest.starts_with("::")));
    ours.then_some(plain)
}

fn is_hash(text: &str) -> bool {
    text.len() >= 8 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CodeSection, Function, FunctionSection, TypeSection};

    use super::*;

    #[test]
    fn our_own_functions_keep_a_readable_name_and_others_none() {
        let cases = [
            ("<room[4501b5d09f52f427]::room::Room>::apply", Some("<room::room::Room>::apply")),
            (
                "<room[4501b5d09f52f427]::room::Room>::apply::<edgewise_worker[0a1b2c3d4e5f6071]::sql::StorageSql>",
                Some("<room::room::Room>::apply"),
            ),
            (
                "edgewise_worker[e34e83580b87a4e1]::routes::answer::{closure#0}",
                Some("edgewise_worker::routes::answer::{closure#0}"),
            ),
            (
                "<archive[38c306630a1d008]::Archive<edgewise_worker[e34e83580b87a4e1]::sql::StorageSql>>::append",
                Some("<archive::Archive<edgewise_worker::sql::StorageSql>>::append"),
            ),
            ("<archive[38c306630a1d008]::Row as core[d04a1cdf559f2e0e]::clone::Clone>::clone", None),
            ("<room[4501b5d09f52f427]::Sql>::raw::__wbg_raw_4113ab8cea5b1d29", None),
            ("core[d04a1cdf559f2e0e]::fmt::write", None),
            ("<serde_json[645ee51bfecb83f0]::Error as room[4501b5d09f52f427]::X>::x", None),
            ("roomy[4501b5d09f52f427]::x", None),
            ("__wbg_fetch", None),
        ];
        for (name, expected) in cases {
            assert_eq!(readable(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn all_but_the_names_stays_as_it_was() {
        let names = |names: &[(u32, &str)]| {
            let mut functions = NameMap::new();
            names.iter().for_each(|(index, name)| functions.append(*index, name));
            let mut section = NameSection::new();
            section.functions(&functions);
            section
        };
        let with = |section: &NameSection| {
            let (mut types, mut functions, mut code) =
                (TypeSection::new(), FunctionSection::new(), CodeSection::new());
            types.ty().function([], []);
            for _ in 0..2 {
                functions.function(0);
                let mut body = Function::new([]);
                body.instructions().end();
                code.function(&body);
            }
            let mut module = Module::new();
            module.section(&types).section(&functions).section(&code).section(section);
            module.finish()
        };
        let before = with(&names(&[(0, "core::x"), (1, "room[4501b5d09f52f427]::y")]));
        assert_eq!(trimmed(&before).expect("a module"), with(&names(&[(1, "room::y")])));
    }
}
