use kontor_kernel::codes;

codes! {
    /// What the books refuse.
    pub enum Code {
        PeriodLocked = "period_locked" => Conflict, "the books are locked for this date; choose a later date or have the period unlocked";
        Unbalanced = "unbalanced_entry" => Violation, "debits and credits of a journal entry must be equal, on at least two lines above zero";
        AlreadyPosted = "already_posted" => Conflict, "this has been posted already";
        AlreadyReversed = "already_reversed" => Conflict, "this journal entry has been reversed already";
        AccountMissing = "account_missing" => Conflict, "no account is set up for this; give one the purpose in the chart of accounts";
        JournalMissing = "journal_missing" => Conflict, "no journal is set up for this; add one of this kind";
        LockAhead = "lock_ahead" => Violation, "lies after today; the books are locked through today at most";
        LockDirection = "lock_direction" => Violation, "must move the lock date on to lock, and back to unlock";
        AlreadyUsed = "already_used" => Violation, "cannot change any more: entries have been posted with it";
    }
}
