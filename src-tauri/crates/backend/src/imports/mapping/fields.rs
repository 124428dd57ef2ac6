//! The fields that a column can be, by kind of file. Their names are the names of `--map` and never change.

use crate::api::imports::ImportKind;

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// What a column holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[$doc])* $name,)* }

        impl Field {
            /// Every field there is.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name of `--map` and of row errors.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

fields! {
    /// A foreign id kept for matching.
    Ref = "ref";
    /// 会员号
    MemberNo = "member_no";
    /// 姓名, or the name of a product.
    Name = "name";
    /// 称呼
    Salutation = "salutation";
    /// Phones, one or several.
    Phone = "phone";
    /// Phones beside the first one.
    OtherPhones = "other_phones";
    /// Handles of other kinds, each with its kind.
    OtherContacts = "other_contacts";
    /// A person or a company.
    Kind = "kind";
    /// 微信
    Wechat = "wechat";
    /// 邮箱
    Email = "email";
    /// A whole birthday.
    Birthday = "birthday";
    /// Solar or lunar, for birthdays in parts.
    BirthdayCalendar = "birthday_calendar";
    /// Year of birth.
    BirthYear = "birth_year";
    /// Month of birth.
    BirthMonth = "birth_month";
    /// Day of birth.
    BirthDay = "birth_day";
    /// Whether the month is a leap month.
    BirthLeap = "birth_leap";
    /// 性别
    Gender = "gender";
    /// 公司
    Company = "company";
    /// 标签
    Tags = "tags";
    /// 地址
    Address = "address";
    /// 来源
    Source = "source";
    /// 入会日期
    JoinedOn = "joined_on";
    /// 备注
    Note = "note";
    /// 习惯
    Habits = "habits";
    /// The day on which the figures from before the book began hold.
    OpeningOn = "opening_on";
    /// 累计消费
    OpeningSpend = "opening_spend";
    /// 消费次数
    OpeningVisits = "opening_visits";
    /// 积分余额
    OpeningPoints = "opening_points";
    /// 单号
    SaleNo = "sale_no";
    /// Day and time of the sale.
    SoldAt = "sold_at";
    /// Time of the sale where day and time stand in two columns.
    SoldTime = "sold_time";
    /// Whose: ref, member number, phone or name.
    Customer = "customer";
    /// Name of an unknown customer, where the log has both number and name.
    CustomerName = "customer_name";
    /// Phone of an unknown customer.
    CustomerPhone = "customer_phone";
    /// Number of what was sold.
    Item = "item";
    /// What it says.
    Description = "description";
    /// Category.
    Category = "category";
    /// How many.
    Quantity = "quantity";
    /// Price of one.
    UnitPrice = "unit_price";
    /// Amount of the line, or of the sale before discount.
    Amount = "amount";
    /// Discount.
    Discount = "discount";
    /// Paid.
    Paid = "paid";
    /// Points that the sale earned.
    Points = "points";
    /// How paid, kept as a word.
    Payment = "payment";
    /// Who sold.
    Staff = "staff";
    /// Position of the line.
    LineNo = "line_no";
    /// Which refund: rows with the same number are its lines.
    RefundNo = "refund_no";
    /// When the money went back.
    RefundedAt = "refunded_at";
    /// Refund, or void of the whole sale.
    RefundKind = "refund_kind";
    /// What went back for the line.
    LineAmount = "line_amount";
    /// Why.
    Reason = "reason";
    /// Which product: ref, sku or barcode.
    Product = "product";
    /// The shop's number of a product.
    Sku = "sku";
    /// Barcode.
    Barcode = "barcode";
    /// Selling price.
    Price = "price";
    /// Cost.
    Cost = "cost";
    /// Number of the sale that a complaint is about.
    Sale = "sale";
    /// When the complaint arrived.
    OpenedAt = "opened_at";
    /// How it came.
    Channel = "channel";
    /// How bad.
    Severity = "severity";
    /// First answer.
    RespondedAt = "responded_at";
    /// Resolved.
    ResolvedAt = "resolved_at";
    /// Reopened.
    ReopenedAt = "reopened_at";
    /// Status of the foreign program.
    Status = "status";
}

impl Field {
    /// The field with this name in this kind of file, and whether the name asks for minor units.
    pub fn by_name(kind: ImportKind, name: &str) -> Option<(Self, bool)> {
        let plain = name.trim().to_ascii_lowercase();
        let find = |text: &str| of_kind(kind).iter().copied().find(|field| field.name() == text);
        find(&plain).map(|field| (field, false)).or_else(|| {
            let amount = plain.strip_suffix("_minor").and_then(find)?;
            amount.is_amount().then_some((amount, true))
        })
    }

    /// Whether it is money, in main units unless said otherwise.
    pub fn is_amount(self) -> bool {
        matches!(
            self,
            Self::OpeningSpend
                | Self::UnitPrice
                | Self::Amount
                | Self::LineAmount
                | Self::Discount
                | Self::Paid
                | Self::Price
                | Self::Cost
        )
    }

    /// Whether it is a day or a moment written as one text.
    pub fn is_date(self) -> bool {
        matches!(
            self,
            Self::Birthday
                | Self::JoinedOn
                | Self::OpeningOn
                | Self::SoldAt
                | Self::RefundedAt
                | Self::OpenedAt
                | Self::RespondedAt
                | Self::ResolvedAt
                | Self::ReopenedAt
        )
    }
}

/// The fields of a kind, in the order of the preview.
pub fn of_kind(kind: ImportKind) -> &'static [Field] {
    use Field::{
        Address, Amount, Barcode, BirthDay, BirthLeap, BirthMonth, BirthYear, Birthday, BirthdayCalendar, Category,
        Channel, Company, Cost, Customer, CustomerName, CustomerPhone, Description, Discount, Email, Gender, Habits,
        Item, JoinedOn, Kind, LineAmount, LineNo, MemberNo, Name, Note, OpenedAt, OpeningOn, OpeningPoints,
        OpeningSpend, OpeningVisits, OtherContacts, OtherPhones, Paid, Payment, Phone, Points, Price, Product,
        Quantity, Reason, Ref, RefundKind, RefundNo, RefundedAt, ReopenedAt, ResolvedAt, RespondedAt, Sale, SaleNo,
        Salutation, Severity, Sku, SoldAt, SoldTime, Source, Staff, Status, Tags, UnitPrice, Wechat,
    };
    match kind {
        ImportKind::Customers | ImportKind::Vcard => &[
            Ref,
            MemberNo,
            Name,
            Salutation,
            Phone,
            OtherPhones,
            OtherContacts,
            Kind,
            Wechat,
            Email,
            Birthday,
            BirthdayCalendar,
            BirthYear,
            BirthMonth,
            BirthDay,
            BirthLeap,
            Gender,
            Company,
            Tags,
            Address,
            Source,
            JoinedOn,
            Note,
            Habits,
            OpeningSpend,
            OpeningVisits,
            OpeningPoints,
            OpeningOn,
        ],
        ImportKind::Products => &[Ref, Sku, Barcode, Name, Category, Price, Cost],
        ImportKind::Sales => &[
            SaleNo,
            SoldAt,
            SoldTime,
            Customer,
            CustomerName,
            CustomerPhone,
            Item,
            Description,
            Category,
            Quantity,
            UnitPrice,
            Amount,
            Discount,
            Paid,
            Points,
            Payment,
            Staff,
            Note,
            Ref,
        ],
        ImportKind::SaleLines => &[SaleNo, LineNo, Product, Description, Quantity, UnitPrice, Amount, Ref],
        ImportKind::Refunds => {
            &[SaleNo, RefundNo, RefundedAt, RefundKind, Amount, LineNo, Quantity, LineAmount, Reason, Staff]
        }
        ImportKind::Complaints => &[
            Ref,
            Customer,
            Sale,
            OpenedAt,
            Channel,
            Category,
            Severity,
            RespondedAt,
            ResolvedAt,
            ReopenedAt,
            Status,
            Description,
        ],
    }
}

/// What a file of this kind cannot do without: of each group at least one.
pub fn required(kind: ImportKind) -> &'static [&'static [Field]] {
    use Field::{
        Amount, LineAmount, MemberNo, Name, OpenedAt, Paid, Phone, Quantity, Ref, RefundedAt, SaleNo, Sku, SoldAt,
        UnitPrice,
    };
    match kind {
        ImportKind::Customers | ImportKind::Vcard => &[&[Name, Phone, MemberNo, Ref]],
        ImportKind::Products => &[&[Name, Sku, Ref]],
        ImportKind::Sales => &[&[SoldAt], &[Amount, Paid, UnitPrice]],
        ImportKind::SaleLines => &[&[SaleNo], &[Amount, UnitPrice, Quantity]],
        ImportKind::Refunds => &[&[SaleNo], &[RefundedAt], &[Amount, LineAmount]],
        ImportKind::Complaints => &[&[OpenedAt]],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_amounts_can_be_asked_for_in_minor_units() {
        assert_eq!(Field::by_name(ImportKind::Sales, "paid_minor"), Some((Field::Paid, true)));
        assert_eq!(Field::by_name(ImportKind::Sales, " Paid "), Some((Field::Paid, false)));
        assert_eq!(Field::by_name(ImportKind::Sales, "staff_minor"), None);
        assert_eq!(Field::by_name(ImportKind::Sales, "member_no"), None, "a field of another kind");
    }

    #[test]
    fn every_field_belongs_to_a_kind_and_has_a_name_of_its_own() {
        let kinds = [
            ImportKind::Customers,
            ImportKind::Products,
            ImportKind::Sales,
            ImportKind::SaleLines,
            ImportKind::Refunds,
            ImportKind::Complaints,
        ];
        let mut names = std::collections::BTreeSet::new();
        for field in Field::ALL {
            assert!(names.insert(field.name()), "{}", field.name());
            assert!(kinds.iter().any(|kind| of_kind(*kind).contains(field)), "{}", field.name());
        }
    }
}
