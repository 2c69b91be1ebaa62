//! Builds the browser app into frontend/dist: wasm and script and style under names that carry their content's hash, so that they may be
//! cached for ever, and an index.html that loads them early and holds nothing inline.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Done, Failure};
use crate::fingerprint::{self, Fingerprint, Stamp};
use crate::install;
use crate::pins;
use crate::program;
use crate::project::Project;
use crate::service;
use crate::tools;
use crate::worker;

/// What stands before the commit in the page; frontend/src/faults.rs reads it.
const SAYS_COMMIT: &str = "data-commit=\"";

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
        ["frontend.rs", "service.rs", "worker.rs"].map(|file| project.root.join("xtask/src").join(file)),
    );
    let stamp = Stamp::new(project, "frontend", Fingerprint::of_files(&project.root, &inputs)?);
    if stamp.holds_for(&[dist(project).join("index.html")]) {
        return say_commit(project);
    }
    let work = project.memory().join("frontend");
    recreate(&work)?;
    recreate(&work.join("dist/assets"))?;
    compile(project, &work)?;
    let assets = Assets::gather(project, &work)?;
    let page = write_index(project, &work, &assets)?;
    service::bundle(project, &work, &page, &assets.and_fixed())?;
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
struct Assets {
    wasm: String,
    script: String,
    style: String,
}

impl Assets {
    /// The wasm comes first: the script carries its address.
    fn gather(project: &Project, work: &Path) -> Done<Self> {
        let wasm = add_hashed(work, &work.join("app.wasm"))?;
        bundle_script(project, work, &wasm)?;
        bundle_style(project, work)?;
        Ok(Self {
            wasm,
            script: add_hashed(work, &work.join("app.js"))?,
            style: add_hashed(work, &work.join("app.css"))?,
        })
    }

    /// With what the page loads under a name that never changes: all that it takes to open without a network.
    fn and_fixed(&self) -> [&str; 5] {
        [&self.wasm, &self.script, &self.style, "/favicon.svg", "/manifest.webmanifest"]
    }
}

fn compile(project: &Project, work: &Path) -> Done {
    let mut cargo = project.command("cargo");
    cargo.args([
        "build",
        "--package",
        "frontend",
        "--lib",
        "--profile",
        "edge",
        "--target",
        "wasm32-unknown-unknown",
        // What the standard library does for speed alone costs a visitor 20 KiB.
        "-Zbuild-std=std,panic_abort",
        "-Zbuild-std-features=optimize_for_size",
    ]);
    cargo.env("RUSTUP_TOOLCHAIN", pins::NIGHTLY).env("RUSTFLAGS", worker::FEWER_WORDS);
    worker::forget_paths(&mut cargo);
    // Its own build folder: tests on wasm are built by another toolchain.
    let target = project.target.join("frontend");
    cargo.env("CARGO_TARGET_DIR", &target);
    program::quietly("building the frontend", &mut cargo)?;
    let built = target.join("wasm32-unknown-unknown/edge/frontend.wasm");
    let bindings = work.join("bindings");
    let mut bindgen = project.command(project.installed(pins::WASM_BINDGEN));
    bindgen
        .args(["--target", "web", "--no-typescript", "--out-name", "app", "--out-dir"])
        .arg(&bindings)
        .arg(&built);
    program::quietly("binding the frontend to the browser", &mut bindgen)?;
    let mut optimiser = project.command(project.npm_program("wasm-opt"));
    optimiser
        // What inlining saves in calls it costs twice over in what goes over the wire.
        .args(["-Os", "--skip-pass=inlining-optimizing"])
        .args(wasm_features())
        .arg(bindings.join("app_bg.wasm"))
        .arg("-o")
        .arg(work.join("app.wasm"));
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

/// `frontend/shell/boot.js` imports the bindings as `app` and the wasm's address as the constant `WASM_URL`.
fn bundle_script(project: &Project, work: &Path, wasm: &str) -> Done {
    let mut esbuild = project.command(project.npm_program("esbuild"));
    esbuild.args([
        "frontend/shell/boot.js",
        "--bundle",
        "--format=esm",
        "--minify",
        "--target=es2022",
        "--log-level=warning",
    ]);
    esbuild.arg(format!("--define:WASM_URL=\"{wasm}\""));
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

fn write_index(project: &Project, work: &Path, assets: &Assets) -> Done<String> {
    let template = project.root.join("frontend/index.html");
    let text = fs::read_to_string(&template).map_err(|error| Failure::file("read", &template, &error))?;
    let page = fill(&text, assets).map_err(|gap| {
        Failure::new(format!("{} has no {gap}: the page would not load it; put it back.", template.display()))
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
        }
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
