use kontor_kernel::codes;

codes! {
    /// What the warehouse refuses.
    pub enum Code {
        InsufficientStock = "insufficient_stock" => Conflict, "there is not enough in stock; count the stock or take less";
        NotTracked = "not_tracked" => Conflict, "no stock is kept of this product; have it tracked first";
        AlreadyMoved = "already_moved" => Conflict, "the goods of this line have been moved already";
        CostUnknown = "cost_unknown" => Violation, "nothing says what one is worth: give a unit cost";
    }
}
