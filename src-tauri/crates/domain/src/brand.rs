//! How a newtype that crosses the wall is called on the other side: the plain type with a brand, so that the page
//! cannot take one for another either.

/// `branded!(Money, "number", "Minor")` makes `number & { readonly __brand: "Minor" }` of it.
macro_rules! branded {
    ($name:ident, $plain:literal, $brand:expr) => {
        #[cfg(feature = "bindings")]
        impl ts_rs::TS for $name {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;
            fn name(_: &ts_rs::Config) -> String {
                format!("{} & {{ readonly __brand: \"{}\" }}", $plain, $brand)
            }
            fn inline(cfg: &ts_rs::Config) -> String {
                Self::name(cfg)
            }
        }
    };
}
pub(crate) use branded;
