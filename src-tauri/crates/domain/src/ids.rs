//! Row identities: one newtype per entity, so that a sale's id cannot be passed where a customer's is meant.

use crate::brand::branded;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        branded!($name, "number", stringify!($name));

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    )*};
}

ids! {
    /// A customer: a person or a company.
    CustomerId;
    /// A contact handle (phone, WeChat, mail …) of a customer.
    ContactId;
    /// A product or service that the shop sells.
    ProductId;
    /// A sale at the counter or from an imported log.
    SaleId;
    /// A refund or void that points at a sale.
    RefundId;
    /// A price agreed with a customer for a product.
    AgreedPriceId;
    /// A complaint case.
    ComplaintId;
    /// A person who works in the shop.
    StaffId;
    /// Something that will be different, because of complaints or without one.
    ImprovementId;
    /// Something that a customer was promised for a complaint.
    RemedyId;
    /// People sat down with the numbers of the service.
    AssessmentId;
    /// One import, undone as a whole.
    ImportId;
    /// One coupon with its code.
    CouponId;
    /// Coupons that were issued together.
    CouponBatchId;
    /// A rule by which coupons are issued.
    CouponPlanId;
    /// A session pack that a customer bought.
    PackId;
    /// Something that happened to a pack.
    PackEntryId;
    /// A product that a tag calls for.
    FittingId;
    /// A gift for each person of a list.
    GiveawayId;
    /// A run of the annual cashback.
    CashbackRunId;
    /// What was agreed with one customer.
    TermId;
    /// An offer at the entry of a sale.
    OfferId;
    /// A quote of prices by quantity.
    PriceQuoteId;
    /// One verified backup.
    BackupId;
    /// A gift that points are exchanged for.
    GiftId;
    /// A field that the shop added.
    CustomFieldId;
    /// What a customer waits for.
    WishId;
    /// Goods that came in.
    ArrivalId;
    /// A file kept with a customer.
    AttachmentId;
}
