CREATE INDEX ix_extracts_sha256 ON extracts (sha256);

CREATE INDEX ix_snapshot_states_snapshot_id ON snapshot_states (snapshot_id);

CREATE INDEX observations_by_area ON observations (area, recorded_to);

CREATE INDEX observations_by_extract ON observations (extract_id, recorded_to);

CREATE INDEX observations_by_figure ON observations (measure_id, month, area, months, recorded_to);

CREATE INDEX observations_by_measure ON observations (measure_id, recorded_to);

CREATE INDEX observations_by_month ON observations (month, recorded_to);

CREATE TABLE acts (
	act_id INTEGER NOT NULL,
	at BIGINT NOT NULL,
	who VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	subject VARCHAR NOT NULL,
	detail TEXT NOT NULL,
	PRIMARY KEY (act_id)
);

CREATE TABLE catalogues (
	catalogue_id INTEGER NOT NULL,
	recorded_from BIGINT NOT NULL,
	sha256 VARCHAR NOT NULL,
	who VARCHAR NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (catalogue_id),
	UNIQUE (recorded_from)
);

CREATE TABLE extract_contents (
	extract_id INTEGER NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (extract_id),
	FOREIGN KEY(extract_id) REFERENCES extracts (extract_id)
);

CREATE TABLE extracts (
	extract_id INTEGER NOT NULL,
	recorded_from BIGINT NOT NULL,
	sha256 VARCHAR NOT NULL,
	size INTEGER NOT NULL,
	file_name VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	layout VARCHAR,
	who VARCHAR NOT NULL,
	reason TEXT,
	accepted TEXT NOT NULL,
	rows INTEGER NOT NULL,
	new INTEGER NOT NULL,
	revised INTEGER NOT NULL,
	unchanged INTEGER NOT NULL,
	PRIMARY KEY (extract_id),
	UNIQUE (recorded_from)
);

CREATE TABLE observations (
	observation_id INTEGER NOT NULL,
	extract_id INTEGER NOT NULL,
	measure_id VARCHAR NOT NULL,
	area VARCHAR NOT NULL,
	month INTEGER NOT NULL,
	months INTEGER NOT NULL,
	value FLOAT,
	numerator FLOAT,
	denominator FLOAT,
	symbol VARCHAR,
	note TEXT,
	origin VARCHAR NOT NULL,
	recorded_from BIGINT NOT NULL,
	recorded_to BIGINT NOT NULL,
	PRIMARY KEY (observation_id),
	FOREIGN KEY(extract_id) REFERENCES extracts (extract_id)
);

CREATE TABLE scorecard_migrations (
	number INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	PRIMARY KEY (number)
);

CREATE TABLE snapshot_exports (
	snapshot_id VARCHAR NOT NULL,
	format VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	size INTEGER NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (snapshot_id, format),
	FOREIGN KEY(snapshot_id) REFERENCES snapshots (snapshot_id)
);

CREATE TABLE snapshot_states (
	state_id INTEGER NOT NULL,
	snapshot_id VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	role VARCHAR,
	who VARCHAR NOT NULL,
	at BIGINT NOT NULL,
	superseded_by VARCHAR,
	reason TEXT,
	PRIMARY KEY (state_id),
	FOREIGN KEY(snapshot_id) REFERENCES snapshots (snapshot_id),
	FOREIGN KEY(superseded_by) REFERENCES snapshots (snapshot_id)
);

CREATE TABLE snapshots (
	snapshot_id VARCHAR NOT NULL,
	board VARCHAR,
	period VARCHAR NOT NULL,
	as_known_at BIGINT NOT NULL,
	who VARCHAR NOT NULL,
	taken_at BIGINT NOT NULL,
	size INTEGER NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (snapshot_id)
);

CREATE TABLE withdrawals (
	extract_id INTEGER NOT NULL,
	recorded_from BIGINT NOT NULL,
	who VARCHAR NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (extract_id),
	FOREIGN KEY(extract_id) REFERENCES extracts (extract_id),
	UNIQUE (recorded_from)
);

CREATE TRIGGER acts_no_delete BEFORE DELETE ON acts BEGIN SELECT RAISE(ABORT, 'rows of acts are never changed or deleted'); END;

CREATE TRIGGER acts_no_update BEFORE UPDATE ON acts BEGIN SELECT RAISE(ABORT, 'rows of acts are never changed or deleted'); END;

CREATE TRIGGER catalogues_no_delete BEFORE DELETE ON catalogues BEGIN SELECT RAISE(ABORT, 'rows of catalogues are never changed or deleted'); END;

CREATE TRIGGER catalogues_no_update BEFORE UPDATE ON catalogues BEGIN SELECT RAISE(ABORT, 'rows of catalogues are never changed or deleted'); END;

CREATE TRIGGER extract_contents_no_delete BEFORE DELETE ON extract_contents BEGIN SELECT RAISE(ABORT, 'rows of extract_contents are never changed or deleted'); END;

CREATE TRIGGER extract_contents_no_update BEFORE UPDATE ON extract_contents BEGIN SELECT RAISE(ABORT, 'rows of extract_contents are never changed or deleted'); END;

CREATE TRIGGER extracts_no_delete BEFORE DELETE ON extracts BEGIN SELECT RAISE(ABORT, 'rows of extracts are never changed or deleted'); END;

CREATE TRIGGER extracts_no_update BEFORE UPDATE ON extracts BEGIN SELECT RAISE(ABORT, 'rows of extracts are never changed or deleted'); END;

CREATE TRIGGER observations_no_delete BEFORE DELETE ON observations BEGIN SELECT RAISE(ABORT, 'rows of observations are never changed or deleted'); END;

CREATE TRIGGER observations_no_update BEFORE UPDATE OF observation_id, extract_id, measure_id, area, month, months, value, numerator, denominator, symbol, note, origin, recorded_from ON observations BEGIN SELECT RAISE(ABORT, 'rows of observations are never changed or deleted'); END;

CREATE TRIGGER scorecard_migrations_no_delete BEFORE DELETE ON scorecard_migrations BEGIN SELECT RAISE(ABORT, 'rows of scorecard_migrations are never changed or deleted'); END;

CREATE TRIGGER scorecard_migrations_no_update BEFORE UPDATE ON scorecard_migrations BEGIN SELECT RAISE(ABORT, 'rows of scorecard_migrations are never changed or deleted'); END;

CREATE TRIGGER snapshot_exports_no_delete BEFORE DELETE ON snapshot_exports BEGIN SELECT RAISE(ABORT, 'rows of snapshot_exports are never changed or deleted'); END;

CREATE TRIGGER snapshot_exports_no_update BEFORE UPDATE ON snapshot_exports BEGIN SELECT RAISE(ABORT, 'rows of snapshot_exports are never changed or deleted'); END;

CREATE TRIGGER snapshot_states_no_delete BEFORE DELETE ON snapshot_states BEGIN SELECT RAISE(ABORT, 'rows of snapshot_states are never changed or deleted'); END;

CREATE TRIGGER snapshot_states_no_update BEFORE UPDATE ON snapshot_states BEGIN SELECT RAISE(ABORT, 'rows of snapshot_states are never changed or deleted'); END;

CREATE TRIGGER snapshots_no_delete BEFORE DELETE ON snapshots BEGIN SELECT RAISE(ABORT, 'rows of snapshots are never changed or deleted'); END;

CREATE TRIGGER snapshots_no_update BEFORE UPDATE ON snapshots BEGIN SELECT RAISE(ABORT, 'rows of snapshots are never changed or deleted'); END;

CREATE TRIGGER withdrawals_no_delete BEFORE DELETE ON withdrawals BEGIN SELECT RAISE(ABORT, 'rows of withdrawals are never changed or deleted'); END;

CREATE TRIGGER withdrawals_no_update BEFORE UPDATE ON withdrawals BEGIN SELECT RAISE(ABORT, 'rows of withdrawals are never changed or deleted'); END;

