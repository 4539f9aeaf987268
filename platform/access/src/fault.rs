use kontor_kernel::codes;

codes! {
    /// What sign-up, log-in and the keeping of users and roles refuse.
    pub enum AccessFault {
        InvalidCredentials = "invalid_credentials" => Unauthenticated, "the e-mail address or the password is not right";
        CompanyRequired = "company_required" => Violation, "you work for several companies; say which one";
        CompanyUnknown = "company_unknown" => Violation, "you do not work for this company; choose one of yours";
        SlugMalformed = "slug_malformed" => Violation, "has 1 to 40 characters, a-z, 0-9 and hyphens inside, such as northwind";
        SlugReserved = "slug_reserved" => Violation, "is reserved; choose another address";
        SlugTaken = "slug_taken" => Violation, "is taken by another company; choose another address";
        PasswordShort = "password_short" => Violation, "needs at least 10 characters";
        PasswordCommon = "password_common" => Violation, "is easily guessed; use several unrelated words";
        PasswordPersonal = "password_personal" => Violation, "is little more than your name, address or company; choose another";
        LoginKnown = "login_known" => Violation, "is not that of your existing log-in with this address; give that one, or reset it";
        AlreadyVerified = "already_verified" => Conflict, "the e-mail address is confirmed already";
        LinkSpent = "link_spent" => Violation, "was used already or has expired; ask for a new one";
        UnknownRole = "unknown_role" => Violation, "is no role of your company";
        UnknownPermission = "unknown_permission" => Violation, "is no permission, and no pattern that covers one";
        RightsExceeded = "rights_exceeded" => Forbidden, "you cannot give, take or change rights that you do not have yourself";
        LastOwner = "last_owner" => Conflict, "the company needs at least one active owner; make somebody else owner first";
        RoleBuiltIn = "role_built_in" => Conflict, "the owner's role cannot be changed";
        UserState = "user_state" => Conflict, "the user's present state does not allow this";
        BadLogo = "bad_logo" => Violation, "must be a PNG, JPEG, WebP or plain SVG image of at most 256 kB";
    }
}
