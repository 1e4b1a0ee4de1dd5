-- A release file. Nothing in it depends on a hidden number except which cells are hidden.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (geoid TEXT PRIMARY KEY, name TEXT, level TEXT, state TEXT, county TEXT, population REAL,
                    planning_area TEXT, shown_as TEXT) WITHOUT ROWID;
CREATE TABLE place_set (id TEXT PRIMARY KEY, name TEXT, level TEXT, members TEXT) WITHOUT ROWID;
CREATE TABLE indicator (number INTEGER PRIMARY KEY, id TEXT, name TEXT, unit TEXT, per INTEGER, direction TEXT,
                        kind TEXT, definition TEXT, numerator_label TEXT, denominator_label TEXT, caveats TEXT,
                        body TEXT);
-- One row per indicator, basis, level, period and population group.
CREATE TABLE published (id INTEGER PRIMARY KEY, indicator TEXT, basis TEXT, level TEXT, period TEXT, stratum TEXT);
-- One row per table and place. numerator NULL: hidden (low and high say what the policy hides) or not reported.
CREATE TABLE cell (published INTEGER, geoid TEXT, numerator REAL, low INTEGER, high INTEGER, denominator REAL,
                   state TEXT, provisional INTEGER, source TEXT, as_of TEXT,
                   PRIMARY KEY (published, geoid)) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, title TEXT, publisher TEXT, licence TEXT, url TEXT, as_of TEXT) WITHOUT ROWID;
CREATE TABLE shapes (state TEXT, level TEXT, sha TEXT, body BLOB, PRIMARY KEY (state, level));
CREATE TABLE site (number INTEGER PRIMARY KEY, name TEXT, services TEXT, address TEXT, town TEXT, latitude REAL,
                   longitude REAL, hours TEXT, verified_on TEXT, listed INTEGER, body TEXT);
CREATE TABLE target (number INTEGER PRIMARY KEY, id TEXT, indicator TEXT, place TEXT, stratum TEXT, baseline REAL,
                     baseline_period TEXT, target REAL, due TEXT, owner TEXT);
CREATE TABLE note (number INTEGER PRIMARY KEY, at TEXT, text TEXT);
-- You said, we did, and the code of conduct (kind: request or conduct); no number of the store enters them.
CREATE TABLE public_text (number INTEGER PRIMARY KEY, kind TEXT, language TEXT, text TEXT, role TEXT, asked TEXT,
                          answer TEXT, answered TEXT, outcome TEXT);
-- The equations that tie the counts together: total minus parts is zero. `count` is NULL for what is not shown.
CREATE TABLE counted (number INTEGER PRIMARY KEY, key TEXT UNIQUE, policy TEXT, count INTEGER);
CREATE TABLE summed (row INTEGER, counted INTEGER, sign INTEGER, PRIMARY KEY (row, counted)) WITHOUT ROWID;
