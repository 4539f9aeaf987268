use kontor_kernel::codes;

codes! {
    /// What the catalog refuses.
    pub enum Code {
        CategoryCycle = "category_cycle" => Violation, "would make the category a part of itself";
        TooFine = "quantity_too_fine" => Violation, "has more decimal places than the product's unit";
    }
}
