"""What can go wrong with the store, each in plain words: what happened, where, and what to do."""


class StoreError(Exception):
    """Any answer of the store other than the one hoped for. `str()` of it is fit to be shown to people."""


class StoreUnavailableError(StoreError):
    """The store could not do it now: nothing was changed, and the same request may be right another time."""


class StoreLocked(StoreUnavailableError):
    """Somebody else was writing for longer than the busy timeout."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The store {where} is locked: another program is writing to it. Nothing was changed. "
            "Wait a minute and try again; if it stays locked, look for a program that has it open."
        )


class StoreBusy(StoreLocked):
    """All connections that may be open at once were in use."""

    def __init__(self, where: str) -> None:
        StoreUnavailableError.__init__(
            self,
            f"The store {where} is busy: all its connections are in use. Nothing was changed. Wait a minute and try "
            "again; if it happens often, let the server have more of them (max_connections).",
        )


class StoreReadOnly(StoreUnavailableError):
    """A change was asked of a store that may only be read."""

    def __init__(
        self,
        where: str,
        remedy: str = "Ask for permission to write to the file and its folder, or choose another store.",
    ) -> None:
        super().__init__(f"The store {where} is read-only, so nothing was changed. {remedy}")


class StoreForbidden(StoreUnavailableError):
    """The role that the store's address names lacks a right."""

    def __init__(self, where: str, what: str = "do what was asked") -> None:
        super().__init__(
            f"The store {where} doesn't let the role of its address {what}. Nothing was changed. Ask who looks after "
            "the database for the rights that docs/operations.md lists, or name the role that owns the tables."
        )


class StoreUnreachable(StoreUnavailableError):
    """The store could not be opened, or went away."""

    def __init__(
        self,
        where: str,
        why: str,
        remedy: str = "Check that its address is right, that its drive is connected and that you may use it.",
    ) -> None:
        super().__init__(f"The store {where} could not be reached: {why}. Nothing was changed. {remedy}")


class OutcomeUnknown(StoreUnavailableError):
    """The connection was lost in the moment in which a change was to be kept, and the server can't be asked."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The connection to the store {where} was lost in the moment of storing, so it can't be said whether all "
            "of it is kept or nothing; never a part. Look at what the store holds once the server answers again, and "
            "do it again if it isn't there: sending the same file twice changes nothing."
        )


class StoreFull(StoreUnavailableError):
    """There was no room left to write."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"There is no room left for the store {where}. Nothing was changed. Make room on its drive and try again."
        )


class NotAStore(StoreUnavailableError):
    """What the address names is not a store that this version can use; it was left untouched."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"{where} can't be used as a store: {why}. It was left as it was. "
            "Check the address, or name a file that doesn't exist yet and a new store is made there."
        )


class NewerStore(NotAStore):
    """The store was made by a later version of this program."""

    def __init__(self, where: str, number: int, known: int) -> None:
        Exception.__init__(
            self,
            f"The store {where} was made by a newer version of the scorecard (its layout is number {number}; "
            f"this version knows {known}). It was left as it was. Update the scorecard and try again.",
        )


class OlderStore(StoreUnavailableError):
    """The store's tables wait to be brought up to date."""

    def __init__(self, where: str, number: int, known: int) -> None:
        super().__init__(
            f"The store {where} is of an older version of the scorecard (its layout is number {number}; this version "
            f"wants {known}). It is brought up to date when the scorecard is opened: open a page, or start it anew."
        )


class StoreDamaged(StoreUnavailableError):
    """What was read is not what was written."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(
            f"The store {where} is damaged: {what}. Stop using it, keep a copy of the file as it is, "
            "and go back to the last good backup."
        )


class StoreReplaced(StoreUnavailableError):
    """The store was replaced, as by a backup put back, while something was being done with it."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The store {where} was replaced while this was being done: another one stands there now. What you asked "
            "for is not in it. Look at what the store holds now, and do it again."
        )


class StoreEmptied(StoreUnavailableError):
    """Where the store was, there is an empty file or database now."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The store {where} is empty now: what it held is gone from there. Nothing was changed. "
            "Put the store or its last backup back, or start the scorecard again to begin a new store."
        )


class ClockBehind(StoreUnavailableError):
    """The store's last change lies in the future by this machine's clock."""

    def __init__(self, last_change: str, now: str) -> None:
        super().__init__(
            f"The store's last change is recorded at {last_change}, and by this machine's clock it is {now}: one of "
            "the two is wrong. Nothing was changed. Set this machine's clock right and try again. If the "
            "clock was ahead when the store was last changed, mend it: python -m scorecard clock --by NAME --reason WHY"
        )


class NotWritten(StoreUnavailableError):
    """A new file could not be written."""

    def __init__(self, target: str, why: str) -> None:
        super().__init__(f"The file {target} could not be written: {why}. Nothing was left there.")


class NotCarried(StoreUnavailableError):
    """What was carried from one store to another did not arrive as it was."""

    def __init__(self, table: str, why: str) -> None:
        super().__init__(
            f"The store was not carried over: in the table {table}, {why}. Nothing was kept where it was to go, and "
            "what it was to come from is as it was. Prove that with 'verify', and try again."
        )


class StoreChanged(StoreUnavailableError):
    """Somebody stored or withdrew something since what is to be stored was looked at."""

    def __init__(self) -> None:
        super().__init__(
            "The store has changed since you saw the preview: somebody stored or withdrew something. "
            "Nothing was stored. Read what the file changes now, and say yes again."
        )


class RefusedError(StoreError):
    """The request itself can't be met: it names something that isn't there, or that is past changing."""


class UnkeepableText(RefusedError):
    """A text has a character that not every database can keep."""

    def __init__(self, text: str) -> None:
        shown = text.replace("\0", "�")[:80]
        super().__init__(
            f"The text '{shown}' has a NUL in it, where � stands: a character that can't be seen or kept. Nothing was "
            "changed. Delete it, or type the text anew."
        )


class FileInTheWay(RefusedError):
    """A backup never takes the place of a file."""

    def __init__(self, target: str) -> None:
        super().__init__(f"There is a file {target} already, and it was left as it is. Name one that isn't there yet.")


class NotEmpty(RefusedError):
    """A store is only ever carried or restored to where nothing is."""

    def __init__(self, where: str, row_counts: dict[str, int]) -> None:
        counts_text = ", ".join(f"{count:,} in {table}" for table, count in row_counts.items())
        super().__init__(
            f"The store {where} holds something already: rows: {counts_text}. Nothing was changed. "
            "Name one that holds nothing, or that isn't there yet."
        )


class NotABackup(RefusedError):
    """A file without a backup's seal."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} is no backup: it lacks the seal that 'backup' writes. If it is a copy of a store, carry it over "
            f"instead: python -m scorecard move --from sqlite:///{file} --to …"
        )


class BackupDamaged(RefusedError):
    """A backup is not as it was written."""

    def __init__(self, file: str, where: str) -> None:
        super().__init__(
            f"The backup {file} is not as it was written: {where}. Nothing was made of it. "
            "Use another backup, and look after the drive that this one was on."
        )


class NothingToMend(RefusedError):
    """No change is recorded in the future."""

    def __init__(self, last_change: str | None) -> None:
        last = f"the last is of {last_change}" if last_change else "there is none yet"
        super().__init__(f"No change in the store lies in the future: {last}. There is nothing to mend.")


class UnknownExtract(RefusedError):
    """No extract has this number."""

    def __init__(self, extract_id: int) -> None:
        super().__init__(f"There is no extract {extract_id} in the store. Look up its number in the list of extracts.")


class AlreadyWithdrawn(RefusedError):
    """The extract was withdrawn before."""

    def __init__(self, extract_id: int, who: str, when: str) -> None:
        super().__init__(f"Extract {extract_id} was already withdrawn by {who} on {when}. There is nothing left to do.")


class UnknownLayout(RefusedError):
    """No layout of this name is in use."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no layout '{name[:80]}' in use. Look it up in the list of layouts.")


class UnknownSnapshot(RefusedError):
    """No snapshot, or more than one, answers to this id."""

    def __init__(self, snapshot_id: str, why: str) -> None:
        super().__init__(f"No snapshot for '{snapshot_id[:80]}': {why}. Look it up in the list of snapshots.")


class SnapshotState(RefusedError):
    """The snapshot is not in a state that allows this step."""

    def __init__(self, snapshot_id: str, state: str, needed: str) -> None:
        super().__init__(f"Snapshot {snapshot_id[:12]} is {state}; this needs one that is {needed}.")


class CommentaryChanged(RefusedError):
    """Somebody else has written since the words on the screen were read."""

    def __init__(self, who: str, version: int) -> None:
        self.version = version
        super().__init__(
            f"{who or 'Somebody else'} has saved version {version} since you began to write, so yours was not saved. "
            "Both texts are shown below: take what you need from theirs, and save again."
        )


class UnknownToken(RefusedError):
    """No token has this id."""

    def __init__(self, token_id: str) -> None:
        super().__init__(f"There is no token {token_id[:20]}. Look up its id in the list.")


class TokenTakenBack(RefusedError):
    """The token was taken back before."""

    def __init__(self, name: str, who: str) -> None:
        super().__init__(f"The token of {name} was taken back by {who} already. It is of no use to anybody.")


class UnknownDecision(RefusedError):
    """No question or decision has this number."""

    def __init__(self, decision_id: int) -> None:
        super().__init__(f"There is no question or decision {decision_id}. Look up its number in the list.")


class DecisionClosed(RefusedError):
    """The question or decision was closed before."""

    def __init__(self, decision_id: int, who: str) -> None:
        super().__init__(
            f"Number {decision_id} was closed by {who} already, so nothing was added. Ask the board's question anew."
        )
