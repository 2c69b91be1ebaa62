CREATE TABLE _migrations (number INTEGER PRIMARY KEY) STRICT
CREATE TABLE meta ( id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, epoch TEXT NOT NULL, info TEXT NOT NULL , gone INTEGER NOT NULL DEFAULT 0) STRICT
CREATE TABLE events ( seq INTEGER PRIMARY KEY CHECK (seq > 0), target INTEGER, version INTEGER NOT NULL, event TEXT NOT NULL ) STRICT
CREATE INDEX events_by_target ON events (target) WHERE target IS NOT NULL
CREATE TABLE messages ( seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, author TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, edited_at INTEGER, deleted INTEGER NOT NULL, reply_to INTEGER, mentions TEXT , attachments TEXT) STRICT
CREATE INDEX messages_with_mentions ON messages (seq) WHERE mentions IS NOT NULL
CREATE TABLE reactions ( target INTEGER NOT NULL, emoji TEXT NOT NULL, since INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (target, emoji) ) STRICT, WITHOUT ROWID
CREATE TABLE reactors ( target INTEGER NOT NULL, emoji TEXT NOT NULL, member TEXT NOT NULL, PRIMARY KEY (target, emoji, member) ) STRICT, WITHOUT ROWID
CREATE TABLE once ( member TEXT NOT NULL, id TEXT NOT NULL, digest TEXT NOT NULL, seq INTEGER, at INTEGER NOT NULL, PRIMARY KEY (member, id) ) STRICT, WITHOUT ROWID
CREATE TABLE reads ( member TEXT PRIMARY KEY, seq INTEGER NOT NULL ) STRICT, WITHOUT ROWID
CREATE TABLE due ( reason TEXT PRIMARY KEY, at INTEGER NOT NULL ) STRICT, WITHOUT ROWID
CREATE VIEW searched AS SELECT seq, text, author FROM messages WHERE deleted = 0
CREATE VIRTUAL TABLE search USING fts5 ( text, author, content = 'searched', content_rowid = 'seq', columnsize = 0, prefix = '2', tokenize = 'unicode61 remove_diacritics 2' )
CREATE TRIGGER search_begins AFTER INSERT ON messages WHEN new.deleted = 0 BEGIN INSERT INTO search (rowid, text, author) VALUES (new.seq, new.text, new.author); END
CREATE TRIGGER search_changes AFTER UPDATE OF text, deleted ON messages WHEN old.deleted = 0 BEGIN INSERT INTO search (search, rowid, text, author) VALUES ('delete', old.seq, old.text, old.author); INSERT INTO search (rowid, text, author) SELECT new.seq, new.text, new.author WHERE new.deleted = 0; END
CREATE TRIGGER search_ends AFTER DELETE ON messages WHEN old.deleted = 0 BEGIN INSERT INTO search (search, rowid, text, author) VALUES ('delete', old.seq, old.text, old.author); END
CREATE TABLE members ( member TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, joined_at INTEGER, muted_until INTEGER, banned_until INTEGER ) STRICT, WITHOUT ROWID
CREATE INDEX members_with_a_role ON members (role) WHERE role <> 'member'
CREATE TABLE spoke ( member TEXT PRIMARY KEY, at INTEGER NOT NULL ) STRICT, WITHOUT ROWID
CREATE TABLE pins ( target INTEGER PRIMARY KEY, since INTEGER NOT NULL ) STRICT
CREATE TABLE moderation (seq INTEGER PRIMARY KEY) STRICT
CREATE TABLE keepers (member TEXT PRIMARY KEY) STRICT, WITHOUT ROWID
CREATE TABLE invites ( digest TEXT PRIMARY KEY, uses INTEGER NOT NULL, expires_at INTEGER NOT NULL ) STRICT, WITHOUT ROWID
CREATE TABLE outgoing ( number INTEGER PRIMARY KEY AUTOINCREMENT, receiver TEXT NOT NULL, news TEXT NOT NULL, tries INTEGER NOT NULL, due_at INTEGER NOT NULL ) STRICT
CREATE TABLE reported (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT
CREATE INDEX members_with_a_mute ON members (member) WHERE muted_until IS NOT NULL
CREATE TABLE hooks ( hook TEXT PRIMARY KEY, name TEXT NOT NULL, digest TEXT UNIQUE, url TEXT, command TEXT, due_at INTEGER, tries INTEGER NOT NULL ) STRICT, WITHOUT ROWID
CREATE TABLE calls ( hook TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (hook, seq) ) STRICT, WITHOUT ROWID
CREATE TABLE files ( file TEXT PRIMARY KEY, member TEXT NOT NULL, about TEXT NOT NULL, size INTEGER NOT NULL, at INTEGER NOT NULL, message INTEGER ) STRICT, WITHOUT ROWID
CREATE INDEX files_on_messages ON files (message) WHERE message IS NOT NULL
CREATE INDEX files_that_wait ON files (at) WHERE message IS NULL
CREATE TABLE pieces ( file TEXT NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (file, number) ) STRICT
CREATE TRIGGER files_go_with_a_deletion AFTER UPDATE OF deleted ON messages WHEN old.attachments IS NOT NULL AND new.deleted = 1 BEGIN DELETE FROM files WHERE message = old.seq; END
CREATE TRIGGER files_go_with_retention AFTER DELETE ON messages WHEN old.attachments IS NOT NULL BEGIN DELETE FROM files WHERE message = old.seq; END
CREATE TRIGGER files_leave AFTER DELETE ON files BEGIN DELETE FROM pieces WHERE file = old.file; INSERT INTO outgoing (receiver, news, tries, due_at) VALUES ('.files', old.file, 0, 0); END
CREATE TABLE farewells ( member TEXT PRIMARY KEY, author TEXT, removed INTEGER NOT NULL, after INTEGER NOT NULL, ends_at INTEGER NOT NULL, due_at INTEGER NOT NULL ) STRICT, WITHOUT ROWID
CREATE TRIGGER search_changes_author AFTER UPDATE OF author ON messages WHEN old.deleted = 0 BEGIN INSERT INTO search (search, rowid, text, author) VALUES ('delete', old.seq, old.text, old.author); INSERT INTO search (rowid, text, author) VALUES (new.seq, new.text, new.author); END
INSERT INTO _migrations VALUES (1)
INSERT INTO _migrations VALUES (2)
INSERT INTO _migrations VALUES (3)
INSERT INTO _migrations VALUES (4)
INSERT INTO _migrations VALUES (5)
INSERT INTO _migrations VALUES (6)
INSERT INTO _migrations VALUES (7)
INSERT INTO _migrations VALUES (8)
INSERT INTO meta VALUES (1, 1, 'e1', '{"room":"lobby","title":"Lobby","topic":"","visibility":"public","kind":"public","slow_mode_ms":0,"retention_days":null,"posting":"everyone","created_at":1000}', 0)
INSERT INTO events VALUES (1, NULL, 1, '{"seq":1,"at":2001,"by":{"id":"ada","name":"ada the \"first\""},"id":"c1","kind":"message","text":"It''s \"here\""}')
INSERT INTO events VALUES (2, NULL, 1, '{"seq":2,"at":2002,"by":{"id":"bob","name":"bob the \"first\""},"id":"c2","kind":"message","text":"naïve 👩‍👩‍👧‍👦","reply_to":1}')
INSERT INTO events VALUES (3, 1, 1, '{"seq":3,"at":2003,"by":{"id":"ada","name":"ada the \"first\""},"id":"c3","kind":"edited","target":1,"text":"It is here"}')
INSERT INTO events VALUES (4, 1, 1, '{"seq":4,"at":2004,"by":{"id":"bob","name":"bob the \"first\""},"id":"c4","kind":"reacted","target":1,"emoji":"👍","on":true}')
INSERT INTO events VALUES (5, 1, 1, '{"seq":5,"at":2005,"by":{"id":"cy","name":"cy the \"first\""},"id":"c5","kind":"reacted","target":1,"emoji":"👍","on":true}')
INSERT INTO events VALUES (6, 2, 1, '{"seq":6,"at":2006,"by":{"id":"cy","name":"cy the \"first\""},"id":"c6","kind":"reacted","target":2,"emoji":"🎉","on":true}')
INSERT INTO events VALUES (7, 2, 1, '{"seq":7,"at":2007,"by":{"id":"cy","name":"cy the \"first\""},"id":"c7","kind":"reacted","target":2,"emoji":"🎉","on":false}')
INSERT INTO events VALUES (8, NULL, 1, '{"seq":8,"at":2008,"by":{"id":"cy","name":"cy the \"first\""},"id":"c8","kind":"message","redacted":true}')
INSERT INTO events VALUES (9, 8, 1, '{"seq":9,"at":2009,"by":{"id":"cy","name":"cy the \"first\""},"id":"c9","kind":"edited","target":8,"redacted":true}')
INSERT INTO events VALUES (10, 8, 1, '{"seq":10,"at":2010,"by":{"id":"cy","name":"cy the \"first\""},"id":"c10","kind":"deleted","target":8}')
INSERT INTO messages VALUES (1, 2001, 'ada', 'ada the "first"', 'It is here', 2003, 0, NULL, NULL, NULL)
INSERT INTO messages VALUES (2, 2002, 'bob', 'bob the "first"', 'naïve 👩‍👩‍👧‍👦', NULL, 0, 1, NULL, NULL)
INSERT INTO messages VALUES (8, 2008, 'cy', 'cy the "first"', '', NULL, 1, NULL, NULL, NULL)
INSERT INTO reactions VALUES (1, '👍', 4, 2)
INSERT INTO reactors VALUES (1, '👍', 'bob')
INSERT INTO reactors VALUES (1, '👍', 'cy')
INSERT INTO once VALUES ('ada', 'c1', 'fffffffffffffffe', 1, 2001)
INSERT INTO reads VALUES ('bob', 2)
INSERT INTO due VALUES ('sweep', 77000)
