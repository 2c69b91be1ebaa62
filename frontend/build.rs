//! Makes the words on the screen from `words/*.ftl`: functions that carry the first language, and one table for each other. What a
//! language lacks does not build.

use std::{env, error::Error, fs, path::Path};

use words::Words;

/// It is in the program, by its functions; the others are files that are loaded when they are wanted.
const FIRST: &str = "en";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=words");
    let words = Words::read(Path::new("words"), FIRST)?;
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    fs::write(out.join("words.rs"), words.functions())?;
    for language in words.languages().filter(|language| *language != FIRST) {
        fs::write(out.join(format!("{language}.txt")), words.table(language).unwrap_or_default())?;
    }
    Ok(())
}
