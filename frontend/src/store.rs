//! What outlives the page: commands that are not settled, and how far the reader had got. In IndexedDB, as JSON text.
//!
//! Invariant: a command that `keep` returned `Ok` for is on disk: its transaction is complete, not merely asked for.

use client::saved::{SavedCommand, SavedPlace};
use idb::{Database, ObjectStore, Query, TransactionMode, builder::ObjectStoreBuilder};
use protocol::{Command, CommandId, MemberId, Slug, read_by_fields};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

/// The version of the rows; a change of their shape is a new one, with the way from the old.
const VERSION: u32 = 1;
const OUTBOX: &str = "outbox";
const PLACES: &str = "places";

/// What a command says that was written under another sign-in of this browser.
pub const OTHER_MEMBER: &str = "You wrote this under another name, before you were signed in again.";

/// The disk does not do what was asked: a private window, a full disk, a person's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError(String);

/// Whose rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Owner {
    /// The member.
    pub member: MemberId,
    /// The room.
    pub room: Slug,
    /// The tab; see [`crate::tab`].
    pub tab: String,
}

read_by_fields!(Owner { member, room, tab });

/// A row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Kept {
    owner: Owner,
    saved: SavedCommand,
}

read_by_fields!(Kept { owner, saved });

/// The database.
pub struct Store {
    database: Database,
}

impl Store {
    /// Opens it, and makes it where there was none.
    ///
    /// # Errors
    /// When the browser gives this page no database.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        let opened = Database::builder(name)
            .version(VERSION)
            .add_object_store(ObjectStoreBuilder::new(OUTBOX))
            .add_object_store(ObjectStoreBuilder::new(PLACES));
        Ok(Self { database: opened.build().await? })
    }

    /// Puts a command on disk, or its newer state.
    ///
    /// # Errors
    /// When it is not on disk.
    pub async fn keep(&self, owner: &Owner, saved: SavedCommand) -> Result<(), StoreError> {
        let key = saved.id.to_string();
        let row = Kept { owner: owner.clone(), saved };
        self.put(OUTBOX, &key, &row).await
    }

    /// Takes a settled command from the disk.
    ///
    /// # Errors
    /// When it is still there; it will be sent again some day, which has no effect.
    pub async fn forget(&self, id: &CommandId) -> Result<(), StoreError> {
        let turn = self.database.transaction(&[OUTBOX], TransactionMode::ReadWrite)?;
        turn.object_store(OUTBOX)?.delete(JsValue::from(id.as_str()))?;
        committed(turn).await
    }

    /// Puts the reader's place on disk.
    ///
    /// # Errors
    /// When it is not there; the next start then asks the room for more.
    pub async fn keep_place(&self, owner: &Owner, place: &SavedPlace) -> Result<(), StoreError> {
        self.put(PLACES, &place_key(owner), place).await
    }

    /// The reader's place, if one was kept that this version can read.
    ///
    /// # Errors
    /// When the disk cannot be read.
    pub async fn place(&self, owner: &Owner) -> Result<Option<SavedPlace>, StoreError> {
        let turn = self.database.transaction(&[PLACES], TransactionMode::ReadOnly)?;
        let found = turn.object_store(PLACES)?.get(JsValue::from(place_key(owner)))?.await?;
        Ok(found.and_then(|text| read(&text)))
    }

    /// Makes the commands of tabs that are gone this tab's, and gives them. One transaction: of two tabs that start together,
    /// only one gets them.
    ///
    /// # Errors
    /// When the disk cannot be read or written; then nothing has changed hands.
    pub async fn adopt(&self, owner: &Owner, living: &[String]) -> Result<Vec<SavedCommand>, StoreError> {
        let turn = self.database.transaction(&[OUTBOX], TransactionMode::ReadWrite)?;
        let outbox = turn.object_store(OUTBOX)?;
        let rows = outbox.get_all(None::<Query>, None)?.await?;
        let mut adopted = Vec::new();
        for row in rows.iter().filter_map(read::<Kept>) {
            let orphaned = row.owner.tab == owner.tab || !living.contains(&row.owner.tab);
            if orphaned
                && row.owner.room == owner.room
                && let Some(saved) = inherit(row, owner)
            {
                write(&outbox, saved.id.as_str(), &Kept { owner: owner.clone(), saved: saved.clone() })?;
                adopted.push(saved);
            }
        }
        committed(turn).await?;
        Ok(adopted)
    }

    async fn put<T: Serialize>(&self, store: &str, key: &str, row: &T) -> Result<(), StoreError> {
        let turn = self.database.transaction(&[store], TransactionMode::ReadWrite)?;
        write(&turn.object_store(store)?, key, row)?;
        committed(turn).await
    }
}

/// A command under a new owner. Another member's message is not sent under this one's name unless they say so; what else that
/// member wanted to change is not this one's to change.
fn inherit(row: Kept, owner: &Owner) -> Option<SavedCommand> {
    let mut saved = row.saved;
    if row.owner.member != owner.member {
        if !matches!(saved.command, Command::Send(_)) {
            return None;
        }
        saved.failed = Some(OTHER_MEMBER.to_owned());
    }
    Some(saved)
}

fn place_key(owner: &Owner) -> String {
    format!("{}/{}", owner.member, owner.room)
}

fn read<T: DeserializeOwned>(text: &JsValue) -> Option<T> {
    protocol::decode(&text.as_string()?).ok()
}

fn write<T: Serialize>(store: &ObjectStore, key: &str, row: &T) -> Result<(), StoreError> {
    let text = serde_json::to_string(row).map_err(|error| StoreError(error.to_string()))?;
    // Its success is the transaction's: see `committed`.
    store.put(&JsValue::from(text), Some(&JsValue::from(key)))?;
    Ok(())
}

/// Waits until a transaction is on disk: that its requests succeeded is not enough. It is committed before anything is waited for,
/// so that what is written as the page goes away is written.
async fn committed(turn: idb::Transaction) -> Result<(), StoreError> {
    if turn.commit()?.await?.is_committed() {
        Ok(())
    } else {
        Err(StoreError("the transaction was given up".to_owned()))
    }
}

impl From<idb::Error> for StoreError {
    fn from(error: idb::Error) -> Self {
        Self(error.to_string())
    }
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "this browser's database: {}", self.0)
    }
}

impl std::error::Error for StoreError {}
