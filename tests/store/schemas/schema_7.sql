CREATE INDEX acts_by_at ON acts (at);

CREATE INDEX acts_by_what ON acts (what);

CREATE INDEX commentary_by_month ON commentary (month);

CREATE INDEX ix_decision_answers_decision_id ON decision_answers (decision_id);

CREATE INDEX ix_extracts_sha256 ON extracts (sha256);

CREATE INDEX ix_layouts_name ON layouts (name);

CREATE INDEX ix_snapshot_states_snapshot_id ON snapshot_states (snapshot_id);

CREATE INDEX observations_by_area ON observations (area, recorded_to);

CREATE INDEX observations_by_extract ON observations (extract_id, recorded_to);

CREATE INDEX observations_by_figure ON observations (measure_id, month, area, months, recorded_to);

CREATE INDEX observations_by_measure ON observations (measure_id, recorded_to);

CREATE INDEX observations_by_month ON observations (month, recorded_to);

CREATE INDEX published_figures_by_cell ON published_figures (measure_id, month, area, months);

CREATE INDEX published_figures_by_extract ON published_figures (extract_id, recorded_to);

CREATE INDEX published_figures_by_figure ON published_figures (measure_id, recorded_to);

CREATE TABLE act_chain (
	act_id INTEGER NOT NULL,
	previous VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	PRIMARY KEY (act_id),
	FOREIGN KEY(act_id) REFERENCES acts (act_id)
);

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

CREATE TABLE commentary (
	comment_id INTEGER NOT NULL,
	measure_id VARCHAR NOT NULL,
	month INTEGER NOT NULL,
	version INTEGER NOT NULL,
	based_on INTEGER NOT NULL,
	state VARCHAR NOT NULL,
	what_happened TEXT NOT NULL,
	why TEXT NOT NULL,
	being_done TEXT NOT NULL,
	by_whom TEXT NOT NULL,
	by_when VARCHAR NOT NULL,
	role VARCHAR,
	reason TEXT,
	flags TEXT,
	who VARCHAR NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (comment_id),
	UNIQUE (measure_id, month, version)
);

CREATE TABLE decision_answers (
	answer_id INTEGER NOT NULL,
	decision_id INTEGER NOT NULL,
	text TEXT NOT NULL,
	closes INTEGER NOT NULL,
	who VARCHAR NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (answer_id),
	FOREIGN KEY(decision_id) REFERENCES decisions (decision_id)
);

CREATE TABLE decisions (
	decision_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	board VARCHAR NOT NULL,
	month INTEGER NOT NULL,
	service_area_id VARCHAR NOT NULL,
	measure_id VARCHAR,
	text TEXT NOT NULL,
	owner VARCHAR NOT NULL,
	due VARCHAR NOT NULL,
	asked_by VARCHAR NOT NULL,
	who VARCHAR NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (decision_id)
);

CREATE TABLE editions (
	extract_id INTEGER NOT NULL,
	publications TEXT NOT NULL,
	edition INTEGER NOT NULL,
	published INTEGER,
	dropped INTEGER NOT NULL,
	PRIMARY KEY (extract_id),
	FOREIGN KEY(extract_id) REFERENCES extracts (extract_id)
);

CREATE TABLE ended_sign_ins (
	sign_in VARCHAR NOT NULL,
	at BIGINT NOT NULL,
	why VARCHAR NOT NULL,
	PRIMARY KEY (sign_in)
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

CREATE TABLE layouts (
	layout_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	state VARCHAR NOT NULL,
	who VARCHAR NOT NULL,
	at BIGINT NOT NULL,
	sha256 VARCHAR NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (layout_id)
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

CREATE TABLE published_figures (
	published_figure_id INTEGER NOT NULL,
	extract_id INTEGER NOT NULL,
	measure_id VARCHAR NOT NULL,
	area VARCHAR NOT NULL,
	month INTEGER NOT NULL,
	months INTEGER NOT NULL,
	value FLOAT,
	symbol VARCHAR,
	edition INTEGER NOT NULL,
	recorded_from BIGINT NOT NULL,
	recorded_to BIGINT NOT NULL,
	PRIMARY KEY (published_figure_id),
	FOREIGN KEY(extract_id) REFERENCES extracts (extract_id)
);

CREATE TABLE read_tables (
	extract_id INTEGER NOT NULL,
	sha256 VARCHAR NOT NULL,
	sheet VARCHAR,
	month VARCHAR,
	content BLOB NOT NULL,
	PRIMARY KEY (extract_id),
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

CREATE TABLE token_ends (
	token_id VARCHAR NOT NULL,
	who VARCHAR NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (token_id),
	FOREIGN KEY(token_id) REFERENCES tokens (token_id)
);

CREATE TABLE tokens (
	token_id VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	ends_at BIGINT NOT NULL,
	who VARCHAR NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (token_id)
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

CREATE TRIGGER act_chain_no_delete BEFORE DELETE ON act_chain BEGIN SELECT RAISE(ABORT, 'rows of act_chain are never changed or deleted'); END;

CREATE TRIGGER act_chain_no_update BEFORE UPDATE ON act_chain BEGIN SELECT RAISE(ABORT, 'rows of act_chain are never changed or deleted'); END;

CREATE TRIGGER acts_no_delete BEFORE DELETE ON acts BEGIN SELECT RAISE(ABORT, 'rows of acts are never changed or deleted'); END;

CREATE TRIGGER acts_no_update BEFORE UPDATE ON acts BEGIN SELECT RAISE(ABORT, 'rows of acts are never changed or deleted'); END;

CREATE TRIGGER catalogues_no_delete BEFORE DELETE ON catalogues BEGIN SELECT RAISE(ABORT, 'rows of catalogues are never changed or deleted'); END;

CREATE TRIGGER catalogues_no_update BEFORE UPDATE ON catalogues BEGIN SELECT RAISE(ABORT, 'rows of catalogues are never changed or deleted'); END;

CREATE TRIGGER commentary_no_delete BEFORE DELETE ON commentary BEGIN SELECT RAISE(ABORT, 'rows of commentary are never changed or deleted'); END;

CREATE TRIGGER commentary_no_update BEFORE UPDATE ON commentary BEGIN SELECT RAISE(ABORT, 'rows of commentary are never changed or deleted'); END;

CREATE TRIGGER decision_answers_no_delete BEFORE DELETE ON decision_answers BEGIN SELECT RAISE(ABORT, 'rows of decision_answers are never changed or deleted'); END;

CREATE TRIGGER decision_answers_no_update BEFORE UPDATE ON decision_answers BEGIN SELECT RAISE(ABORT, 'rows of decision_answers are never changed or deleted'); END;

CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'rows of decisions are never changed or deleted'); END;

CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'rows of decisions are never changed or deleted'); END;

CREATE TRIGGER editions_no_delete BEFORE DELETE ON editions BEGIN SELECT RAISE(ABORT, 'rows of editions are never changed or deleted'); END;

CREATE TRIGGER editions_no_update BEFORE UPDATE ON editions BEGIN SELECT RAISE(ABORT, 'rows of editions are never changed or deleted'); END;

CREATE TRIGGER ended_sign_ins_no_delete BEFORE DELETE ON ended_sign_ins BEGIN SELECT RAISE(ABORT, 'rows of ended_sign_ins are never changed or deleted'); END;

CREATE TRIGGER ended_sign_ins_no_update BEFORE UPDATE ON ended_sign_ins BEGIN SELECT RAISE(ABORT, 'rows of ended_sign_ins are never changed or deleted'); END;

CREATE TRIGGER extract_contents_no_delete BEFORE DELETE ON extract_contents WHEN NOT EXISTS (SELECT 1 FROM read_tables WHERE read_tables.extract_id = OLD.extract_id) BEGIN SELECT RAISE(ABORT, 'rows of extract_contents are never changed or deleted'); END;

CREATE TRIGGER extract_contents_no_update BEFORE UPDATE ON extract_contents BEGIN SELECT RAISE(ABORT, 'rows of extract_contents are never changed or deleted'); END;

CREATE TRIGGER extracts_no_delete BEFORE DELETE ON extracts BEGIN SELECT RAISE(ABORT, 'rows of extracts are never changed or deleted'); END;

CREATE TRIGGER extracts_no_update BEFORE UPDATE ON extracts BEGIN SELECT RAISE(ABORT, 'rows of extracts are never changed or deleted'); END;

CREATE TRIGGER layouts_no_delete BEFORE DELETE ON layouts BEGIN SELECT RAISE(ABORT, 'rows of layouts are never changed or deleted'); END;

CREATE TRIGGER layouts_no_update BEFORE UPDATE ON layouts BEGIN SELECT RAISE(ABORT, 'rows of layouts are never changed or deleted'); END;

CREATE TRIGGER observations_no_delete BEFORE DELETE ON observations BEGIN SELECT RAISE(ABORT, 'rows of observations are never changed or deleted'); END;

CREATE TRIGGER observations_no_update BEFORE UPDATE OF observation_id, extract_id, measure_id, area, month, months, value, numerator, denominator, symbol, note, origin, recorded_from ON observations BEGIN SELECT RAISE(ABORT, 'rows of observations are never changed or deleted'); END;

CREATE TRIGGER published_figures_no_delete BEFORE DELETE ON published_figures BEGIN SELECT RAISE(ABORT, 'rows of published_figures are never changed or deleted'); END;

CREATE TRIGGER published_figures_no_update BEFORE UPDATE OF published_figure_id, extract_id, measure_id, area, month, months, value, symbol, edition, recorded_from ON published_figures BEGIN SELECT RAISE(ABORT, 'rows of published_figures are never changed or deleted'); END;

CREATE TRIGGER read_tables_no_delete BEFORE DELETE ON read_tables BEGIN SELECT RAISE(ABORT, 'rows of read_tables are never changed or deleted'); END;

CREATE TRIGGER read_tables_no_update BEFORE UPDATE ON read_tables BEGIN SELECT RAISE(ABORT, 'rows of read_tables are never changed or deleted'); END;

CREATE TRIGGER scorecard_migrations_no_delete BEFORE DELETE ON scorecard_migrations BEGIN SELECT RAISE(ABORT, 'rows of scorecard_migrations are never changed or deleted'); END;

CREATE TRIGGER scorecard_migrations_no_update BEFORE UPDATE ON scorecard_migrations BEGIN SELECT RAISE(ABORT, 'rows of scorecard_migrations are never changed or deleted'); END;

CREATE TRIGGER snapshot_exports_no_delete BEFORE DELETE ON snapshot_exports BEGIN SELECT RAISE(ABORT, 'rows of snapshot_exports are never changed or deleted'); END;

CREATE TRIGGER snapshot_exports_no_update BEFORE UPDATE ON snapshot_exports BEGIN SELECT RAISE(ABORT, 'rows of snapshot_exports are never changed or deleted'); END;

CREATE TRIGGER snapshot_states_no_delete BEFORE DELETE ON snapshot_states BEGIN SELECT RAISE(ABORT, 'rows of snapshot_states are never changed or deleted'); END;

CREATE TRIGGER snapshot_states_no_update BEFORE UPDATE ON snapshot_states BEGIN SELECT RAISE(ABORT, 'rows of snapshot_states are never changed or deleted'); END;

CREATE TRIGGER snapshots_no_delete BEFORE DELETE ON snapshots BEGIN SELECT RAISE(ABORT, 'rows of snapshots are never changed or deleted'); END;

CREATE TRIGGER snapshots_no_update BEFORE UPDATE ON snapshots BEGIN SELECT RAISE(ABORT, 'rows of snapshots are never changed or deleted'); END;

CREATE TRIGGER token_ends_no_delete BEFORE DELETE ON token_ends BEGIN SELECT RAISE(ABORT, 'rows of token_ends are never changed or deleted'); END;

CREATE TRIGGER token_ends_no_update BEFORE UPDATE ON token_ends BEGIN SELECT RAISE(ABORT, 'rows of token_ends are never changed or deleted'); END;

CREATE TRIGGER tokens_no_delete BEFORE DELETE ON tokens BEGIN SELECT RAISE(ABORT, 'rows of tokens are never changed or deleted'); END;

CREATE TRIGGER tokens_no_update BEFORE UPDATE ON tokens BEGIN SELECT RAISE(ABORT, 'rows of tokens are never changed or deleted'); END;

CREATE TRIGGER withdrawals_no_delete BEFORE DELETE ON withdrawals BEGIN SELECT RAISE(ABORT, 'rows of withdrawals are never changed or deleted'); END;

CREATE TRIGGER withdrawals_no_update BEFORE UPDATE ON withdrawals BEGIN SELECT RAISE(ABORT, 'rows of withdrawals are never changed or deleted'); END;

