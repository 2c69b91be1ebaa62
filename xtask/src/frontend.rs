//! Builds the browser app into frontend/dist: wasm and script and style under names that carry their content's hash, so that they may be
//! cached for ever, and an index.html that loads them early and holds nothing inline.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::chunks::{self, Split};
use crate::failure::{Done, Failure};
use crate::fingerprint::{self, Fingerprint, Stamp};
use crate::imports;
use crate::install;
use crate::pins;
use crate::program;
use crate::project::Project;
use crate::service;
use crate::tools;
use crate::worker;
use words::Words;

/// What stands before the commit in the page; frontend/src/faults.rs reads it.
const SAYS_COMMIT: &str = "data-commit=\"";

/// The language that is in the program; every other one is a file that is loaded when it is wanted.
const FIRST_LANGUAGE: &str = "en";

/// A panic in our own code names its file and line, as error tracking shows it.
const OUR_PLACES: &str = r#"profile.edge.rustflags=["-Zlocation-detail=file,line"]"#;

/// One within a library names none: its words say what was wrong, and all those places cost a visitor 4 KiB.
const NO_OTHER_PLACES: &str = r#"profile.edge.package."*".rustflags=["-Zlocation-detail=none"]"#;

/// The chunk that reads texts with marks.
pub const MARKS: &str = "marks";

/// Where the built app lies.
pub fn dist(project: &Project) -> PathBuf {
    project.root.join("frontend/dist")
}

/// Builds the app unless nothing has changed since the last time.
pub fn build(project: &Project) -> Done {
    tools::ensure(project, &tools::TO_BUILD)?;
    let _lock = install::wait_for(&project.memory_file("frontend.lock")?)?;
    let mut inputs = fingerprint::inputs_of(project, "frontend")?;
    inputs.extend(
        ["chunks.rs", "frontend.rs", "imports.rs", "service.rs", "worker.rs"]
            .map(|file| project.root.join("xtask/src").join(file)),
    );
    let stamp = Stamp::new(project, "frontend", Fingerprint::of_files(&project.root, &inputs)?);
    if stamp.holds_for(&[dist(project).join("index.html")]) {
        return say_commit(project);
    }
    let work = project.memory().join("frontend");
    recreate(&work)?;
    recreate(&work.join("dist/assets"))?;
    let split = compile(project, &work)?;
    let words = Words::read(&project.root.join("frontend/words"), FIRST_LANGUAGE)
        .map_err(|fault| Failure::new(fault.to_string()))?;
    let assets = Assets::gather(project, &work, &split, &words)?;
    let page = write_index(project, &work, &assets, &words)?;
    service::bundle(project, &work, &page, &assets)?;
    copy_static(&project.root.join("frontend/static"), &work.join("dist"))?;
    publish(&work.join("dist"), &dist(project))?;
    say_commit(project)?;
    stamp.keep()
}

/// Writes into the page which commit it was built from, for its error reports. The program does not hold it, or every commit would
/// cost a build.
fn say_commit(project: &Project) -> Done {
    let index = dist(project).join("index.html");
    let page = fs::read_to_string(&index).map_err(|error| Failure::file("read", &index, &error))?;
    match saying(&page, &worker::commit(project)) {
        Some(said) if said != page => {
            fs::write(&index, said).map_err(|error| Failure::file("write", &index, &error))
        }
        Some(_) => Ok(()),
        None => Err(Failure::new(format!(
            "{} has no {SAYS_COMMIT}…\": put it back into the template.",
            index.display()
        ))),
    }
}

/// The page with this commit in the place of another; `None` where it has no place for one.
fn saying(page: &str, commit: &str) -> Option<String> {
    let (before, rest) = page.split_once(SAYS_COMMIT)?;
    let (_, after) = rest.split_once('"')?;
    Some(format!("{before}{SAYS_COMMIT}{commit}\"{after}"))
}

/// Addresses of what the page loads, as the page writes them.
pub struct Assets {
    wasm: String,
    script: String,
    style: String,
    /// Other languages with their files.
    words: Vec<(String, String)>,
    /// What the page does not load, but its parts when they are drawn.
    pub chunks: Vec<String>,
}

impl Assets {
    /// Wasm, chunks and words come first: the script carries their addresses.
    fn gather(project: &Project, work: &Path, split: &Split, words: &Words) -> Done<Self> {
        let wasm = add_hashed(work, &work.join("app.wasm"))?;
        let chunks = split.chunks.iter().map(|chunk| add_hashed(work, chunk)).collect::<Done<Vec<_>>>()?;
        let places: Vec<_> =
            split.chunks.iter().map(PathBuf::as_path).zip(chunks.iter().map(String::as_str)).collect();
        chunks::address(&split.fetcher, &places)?;
        let tables = add_words(work, words)?;
        let marks = chunks.iter().find(|address| chunks::is_of(Path::new(address), MARKS));
        let marks = marks.ok_or_else(|| Failure::new(format!("no chunk is called {MARKS}.")))?;
        bundle_script(project, work, [&wasm, marks], &tables, words)?;
        bundle_style(project, work)?;
        Ok(Self {
            words: tables,
            wasm,
            script: add_hashed(work, &work.join("app.js"))?,
            style: add_hashed(work, &work.join("app.css"))?,
            chunks,
        })
    }

    /// With what the page loads under a name that never changes: all that it takes to open without a network.
    pub fn and_fixed(&self) -> [&str; 5] {
        [&self.wasm, &self.script, &self.style, "/favicon.svg", "/manifest.webmanifest"]
    }

    /// The files of other languages.
    pub fn languages(&self) -> Vec<&str> {
        self.words.iter().map(|(_, address)| address.as_str()).collect()
    }
}

/// Compiles the app, splits it and binds its main part to the browser, each part as small as it gets.
fn compile(project: &Project, work: &Path) -> Done<Split> {
    // One folder: the bindings import what fetches chunks by its name alone, and it imports them.
    let bindings = work.join("bindings");
    let split = chunks::split(project, &built(project)?, &bindings)?;
    let mut bindgen = project.command(project.installed(pins::WASM_BINDGEN));
    bindgen
        // Chunks call through the table, which is the linker's export.
        .args(["--keep-lld-exports", "--target", "web", "--no-typescript", "--out-name", "app", "--out-dir"])
        .arg(&bindings)
        .arg(&split.main);
    program::quietly("binding the frontend to the browser", &mut bindgen)?;
    let bound = bindings.join("app_bg.wasm");
    imports::shorten(&bound, &bindings.join("app.js"))?;
    shrink(project, &bound, &work.join("app.wasm"))?;
    for chunk in &split.chunks {
        shrink(project, chunk, chunk)?;
    }
    Ok(split)
}

/// The app as the compiler leaves it.
fn built(project: &Project) -> Done<PathBuf> {
    let mut cargo = project.command("cargo");
    cargo.args([
        "build",
        "--package",
        "frontend",
        "--lib",
        "--features=chunks",
        "--profile",
        "edge",
        "--target",
        "wasm32-unknown-unknown",
        // What the standard library does for speed alone costs a visitor 20 KiB.
        "-Zbuild-std=std,panic_abort",
        "-Zbuild-std-features=optimize_for_size",
    ]);
    cargo
        .args(["-Zprofile-rustflags", "--config", OUR_PLACES, "--config", NO_OTHER_PLACES])
        .env("RUSTUP_TOOLCHAIN", pins::NIGHTLY)
        .env("RUSTFLAGS", format!("{} {}", worker::NO_DEBUG_WORDS, chunks::LEAVES_SEAMS));
    worker::forget_paths(&mut cargo);
    // Its own build folder: tests on wasm are built by another toolchain.
    let target = project.target.join("frontend");
    cargo.env("CARGO_TARGET_DIR", &target);
    program::quietly("building the frontend", &mut cargo)?;
    Ok(target.join("wasm32-unknown-unknown/edge/frontend.wasm"))
}

fn shrink(project: &Project, wasm: &Path, into: &Path) -> Done {
    let mut optimiser = project.command(project.npm_program("wasm-opt"));
    optimiser
        // What inlining saves in calls it costs twice over in what goes over the wire.
        .args(["-Os", "--skip-pass=inlining-optimizing"])
        // So does a variable for what two expressions share.
        .arg("--skip-pass=local-cse")
        // What has a similar name does similar things, and packs better side by side.
        .arg("--reorder-functions-by-name")
        .args(wasm_features())
        .arg(wasm)
        .arg("-o")
        .arg(into);
    program::quietly("shrinking the frontend", &mut optimiser)
}

/// What rustc uses by default on this target, so that wasm-opt adds nothing newer.
pub fn wasm_features() -> impl Iterator<Item = String> {
    [
        "mutable-globals",
        "sign-ext",
        "nontrapping-float-to-int",
        "bulk-memory",
        "multivalue",
        "reference-types",
    ]
    .iter()
    .map(|feature| format!("--enable-{feature}"))
}

/// The tables of all languages but the first, each in a file of its own.
fn add_words(work: &Path, words: &Words) -> Done<Vec<(String, String)>> {
    let others = words.languages().filter(|language| *language != FIRST_LANGUAGE);
    let add = |language: &str| {
        let file = work.join(format!("{language}.txt"));
        let table = words.table(language).unwrap_or_default();
        fs::write(&file, table).map_err(|error| Failure::file("write", &file, &error))?;
        Ok((language.to_owned(), add_hashed(work, &file)?))
    };
    others.map(add).collect()
}

/// `frontend/shell/boot.js` imports the bindings as `app` and the wasm's address as the constant `WASM_URL`, `ahead.js` that of what
/// reads marks as `MARKS_URL`; `words.js` has each other language's address in `WORDS`, and the lines of the page's own sentences in `PAGE_WORDS`.
fn bundle_script(
    project: &Project,
    work: &Path,
    [wasm, marks]: [&str; 2],
    tables: &[(String, String)],
    words: &Words,
) -> Done {
    let mut esbuild = project.command(project.npm_program("esbuild"));
    esbuild.args([
        "frontend/shell/boot.js",
        "--bundle",
        "--format=esm",
        "--minify",
        "--target=es2022",
        "--log-level=warning",
    ]);
    esbuild.arg(format!("--define:WASM_URL=\"{wasm}\"")).arg(format!("--define:MARKS_URL=\"{marks}\""));
    let tables: serde_json::Map<_, _> =
        tables.iter().map(|(name, address)| (name.clone(), address.as_str().into())).collect();
    esbuild.arg(format!("--define:WORDS={}", serde_json::Value::from(tables)));
    let lines: serde_json::Map<_, _> =
        words.page().map(|(key, _, line)| (key.to_owned(), line.into())).collect();
    esbuild.arg(format!("--define:PAGE_WORDS={}", serde_json::Value::from(lines)));
    esbuild.arg(format!("--alias:app={}", work.join("bindings/app.js").display()));
    // The bindings' own guess of where the wasm lies is never used.
    esbuild.args(["--define:import.meta.url=\"\"", "--external:*.wasm"]);
    esbuild.arg(format!("--outfile={}", work.join("app.js").display()));
    program::quietly("bundling the script", &mut esbuild)
}

/// All of `frontend/styles`, in the order of their names.
fn bundle_style(project: &Project, work: &Path) -> Done {
    let mut sheets = files_in(&project.root.join("frontend/styles"))?;
    sheets.retain(|file| file.extension().is_some_and(|extension| extension == "css"));
    let entry = work.join("styles.css");
    let imports: String = sheets.iter().map(|sheet| format!("@import \"{}\";\n", sheet.display())).collect();
    fs::write(&entry, imports).map_err(|error| Failure::file("write", &entry, &error))?;
    let mut esbuild: Command = project.command(project.npm_program("esbuild"));
    esbuild.arg(&entry).args(["--bundle", "--minify", "--log-level=warning"]);
    esbuild.arg(format!("--outfile={}", work.join("app.css").display()));
    program::quietly("bundling the styles", &mut esbuild)
}

/// Copies a file into the app under a name with its hash and gives back its address.
fn add_hashed(work: &Path, file: &Path) -> Done<String> {
    let content = fs::read(file).map_err(|error| Failure::file("read", file, &error))?;
    let name = hashed_name(file, Fingerprint::EMPTY.with(&content));
    let target = work.join("dist/assets").join(&name);
    fs::write(&target, content).map_err(|error| Failure::file("write", &target, &error))?;
    Ok(format!("/assets/{name}"))
}

fn hashed_name(file: &Path, print: Fingerprint) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let extension = file.extension().unwrap_or_default().to_string_lossy();
    format!("{stem}-{}.{extension}", print.text())
}

fn write_index(project: &Project, work: &Path, assets: &Assets, words: &Words) -> Done<String> {
    let template = project.root.join("frontend/index.html");
    let text = fs::read_to_string(&template).map_err(|error| Failure::file("read", &template, &error))?;
    let page = fill(&text, assets).map_err(|gap| {
        Failure::new(format!("{} has no {gap}: the page would not load it; put it back.", template.display()))
    })?;
    let page = say(&page, words).map_err(|gap| {
        Failure::new(format!("{} and frontend/words do not both have {gap}: add it.", template.display()))
    })?;
    let index = work.join("dist/index.html");
    fs::write(&index, &page).map_err(|error| Failure::file("write", &index, &error))?;
    Ok(page)
}

/// Puts the addresses where the template asks for them; a place that is missing comes back as the error.
fn fill(template: &str, assets: &Assets) -> Result<String, &'static str> {
    let places = [("{{wasm}}", &assets.wasm), ("{{script}}", &assets.script), ("{{style}}", &assets.style)];
    places.iter().try_fold(template.to_owned(), |page, (place, address)| {
        if page.contains(place) { Ok(page.replace(place, address)) } else { Err(*place) }
    })
}

/// Puts the first language's words where the template asks for them; what only one of the two has comes back as the error.
fn say(template: &str, words: &Words) -> Result<String, String> {
    let said = words.page().try_fold(template.to_owned(), |page, (key, words, _)| {
        let place = format!("{{{{page-{key}}}}}");
        if page.contains(&place) { Ok(page.replace(&place, &words)) } else { Err(place) }
    })?;
    match said.split_once("{{") {
        None => Ok(said),
        Some((_, rest)) => Err(format!("{{{{{}", rest.chars().take(40).collect::<String>())),
    }
}

fn copy_static(from: &Path, to: &Path) -> Done {
    for file in files_in(from)? {
        let target = to.join(file.file_name().unwrap_or_default());
        if file.is_dir() {
            fs::create_dir_all(&target).map_err(|error| Failure::file("create", &target, &error))?;
            copy_static(&file, &target)?;
        } else {
            fs::copy(&file, &target).map_err(|error| Failure::file("copy", &file, &error))?;
        }
    }
    Ok(())
}

/// Puts the new app where the old one was, in one move: a server that runs never sees half of it.
fn publish(from: &Path, to: &Path) -> Done {
    remove(to)?;
    fs::rename(from, to).map_err(|error| Failure::file("move", from, &error))
}

fn recreate(folder: &Path) -> Done {
    remove(folder)?;
    fs::create_dir_all(folder).map_err(|error| Failure::file("create", folder, &error))
}

fn remove(folder: &Path) -> Done {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::file("remove", folder, &error)),
        _ => Ok(()),
    }
}

fn files_in(folder: &Path) -> Done<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(|error| Failure::file("read", folder, &error))?,
    };
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets() -> Assets {
        Assets {
            wasm: "/assets/app-1.wasm".into(),
            script: "/assets/app-2.js".into(),
            style: "/assets/app-3.css".into(),
            words: Vec::new(),
            chunks: Vec::new(),
        }
    }

    fn words(text: &str) -> Words {
        let language = words::Language::parse("en", text).expect("a language");
        Words::hold(vec![language]).expect("words")
    }

    #[test]
    fn a_template_gets_the_words_of_the_page_and_both_have_all_of_them() {
        let words = words("page-hello = Hello\nelsewhere = Elsewhere");
        assert_eq!(say("<p>{{page-hello}}</p>", &words).as_deref(), Ok("<p>Hello</p>"));
        assert_eq!(say("<p></p>", &words), Err("{{page-hello}}".to_owned()));
        assert_eq!(say("{{page-hello}}{{page-bye}}", &words), Err("{{page-bye}}".to_owned()));
    }

    #[test]
    fn a_template_gets_every_address_wherever_it_asks() {
        let page = fill("<a {{script}}><b {{script}} {{wasm}} {{style}}>", &assets());
        assert_eq!(
            page.as_deref(),
            Ok("<a /assets/app-2.js><b /assets/app-2.js /assets/app-1.wasm /assets/app-3.css>")
        );
    }

    #[test]
    fn a_page_says_the_last_commit_it_was_told() {
        let page = r#"<html data-commit="unknown" lang="en">"#;
        let once = saying(page, "0123abc");
        assert_eq!(once.as_deref(), Some(r#"<html data-commit="0123abc" lang="en">"#));
        assert_eq!(once.and_then(|once| saying(&once, "unknown")).as_deref(), Some(page));
        assert_eq!(saying("<html>", "0123abc"), None);
    }

    #[test]
    fn a_template_that_forgets_a_file_is_refused() {
        assert_eq!(fill("{{script}} {{style}}", &assets()), Err("{{wasm}}"));
    }

    #[test]
    fn a_name_carries_the_hash_of_the_content() {
        let name = hashed_name(Path::new("/built/app.css"), Fingerprint::EMPTY);
        assert_eq!(name, "app-cbf29ce484222325.css");
    }
}
