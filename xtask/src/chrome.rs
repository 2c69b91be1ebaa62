//! A Chrome or Chromium with its driver, for the browser tests: the one that is there, or one that is installed.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::{Done, Failure};
use crate::install;
use crate::program;
use crate::project::Project;

/// Names under which a browser is found, the best first.
const BROWSERS: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

/// Where a Mac keeps it.
const ON_A_MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// A browser that a test can drive.
#[derive(Debug)]
pub struct Chrome {
    /// The browser's executable, for Playwright.
    pub browser: PathBuf,
    /// chromedriver, for wasm-bindgen's test runner.
    pub driver: PathBuf,
}

/// Finds a browser and its driver; installs both where this may be done unasked.
pub fn ensure(project: &Project) -> Done<Chrome> {
    if let Some(chrome) = find() {
        return Ok(chrome);
    }
    match install::apt_install(project, &["chromium", "chromium-driver"]) {
        Ok(()) => {
            find().ok_or_else(|| Failure::new("chromium was installed but is not on the PATH: put it there."))
        }
        Err(asked_for) => ensure_without_apt(project, asked_for),
    }
}

/// Playwright brings a browser, but no driver.
fn ensure_without_apt(project: &Project, asked_for: Failure) -> Done<Chrome> {
    let Some(driver) = on_path(&["chromedriver"]) else { return Err(asked_for) };
    let mut install = project.command(project.npm_program("playwright-core"));
    program::quietly("installing Playwright's Chromium", install.args(["install", "chromium"]))?;
    let script = "import('playwright-core').then(({ chromium }) => console.log(chromium.executablePath()))";
    let path = program::output(project.command(project.npm_program("node")).args(["--eval", script]));
    let browser =
        path.map(|path| PathBuf::from(path.trim())).filter(|path| path.is_file()).ok_or(asked_for)?;
    Ok(Chrome { browser, driver })
}

fn find() -> Option<Chrome> {
    let on_a_mac = || Some(PathBuf::from(ON_A_MAC)).filter(|path| path.is_file());
    Some(Chrome { browser: on_path(&BROWSERS).or_else(on_a_mac)?, driver: on_path(&["chromedriver"])? })
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    first_in(&folders, names)
}

fn first_in(folders: &[PathBuf], names: &[&str]) -> Option<PathBuf> {
    let in_any =
        |name: &&str| folders.iter().map(|folder| folder.join(Path::new(name))).find(|file| file.is_file());
    names.iter().find_map(in_any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_name_wins_over_the_first_folder() {
        let base = std::env::temp_dir().join(format!("edgewise-chrome-{}", std::process::id()));
        let folders = [base.join("a"), base.join("b")];
        for (folder, name) in folders.iter().zip(["google-chrome", "chromium"]) {
            std::fs::create_dir_all(folder).expect("a folder for the test");
            std::fs::write(folder.join(name), "").expect("a file for the test");
        }
        assert_eq!(first_in(&folders, &BROWSERS), Some(base.join("b/chromium")));
        assert_eq!(first_in(&folders, &["firefox"]), None);
    }
}
