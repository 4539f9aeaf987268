kontor_kernel::codes! {
    /// The refusals of the assistant.
    pub enum Code {
        ProposalClosed = "proposal_closed" => Conflict, "this proposal was already confirmed or dismissed";
        ProposalExpired = "proposal_expired" => Conflict, "this proposal is too old to be confirmed; ask for it again";
        ProposalOutdated = "proposal_outdated" => Conflict, "the records changed since this was shown; ask for it again";
    }
}
