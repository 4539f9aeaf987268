use kontor_kernel::codes;

codes! {
    /// What purchasing refuses.
    pub enum Code {
        OrderEmpty = "order_empty" => Conflict, "an order needs at least one line before it can be confirmed";
        OrderNotDraft = "order_not_draft" => Conflict, "only a draft can be changed; cancel the order and write a new one";
        OrderNotOpen = "order_not_open" => Conflict, "goods are received for confirmed orders only; confirm the order first";
        OrderReceived = "order_received" => Conflict, "goods of this order were received; return them before the order is cancelled";
        RateMissing = "exchange_rate_missing" => Violation, "the order is in a foreign currency; give the exchange rate before it is confirmed";
        RateNotOne = "exchange_rate_not_one" => Violation, "the order is in the company's own currency; its exchange rate is 1";
        DateBeforeOrder = "date_before_order" => Violation, "must not lie before the order date";
        LineUnknown = "order_line_unknown" => Violation, "is no line of this order";
        LineTwice = "order_line_twice" => Violation, "the line is named more than once; add its quantities up";
        TooMuch = "receipt_exceeds_order" => Violation, "is more than is outstanding";
        NothingOutstanding = "nothing_outstanding" => Conflict, "everything of this order was received already";
    }
}
