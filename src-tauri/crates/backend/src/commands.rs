//! The one list of commands. The shell's handlers and permissions, the TypeScript map, the CLI and the loopback
//! host of the tests are all made from it; `build.rs` of the shell reads the names from this file as text, so a
//! command stands on a line of its own: `name(Input) -> Output, action "noun.verb", by module::function;`.

mod input;

use crate::api::approvals::{ApprovalQuestion, Approvers};
use crate::api::assessments::{AssessmentBoard, AssessmentPlan, NewAssessment};
use crate::api::attachments::{AttachmentCopy, AttachmentRef, NewAttachment, WrittenFile};
use crate::api::backups::{BackupFile, BackupRestore, BackupStatus, BackupView, NewBackup};
use crate::api::benefits::{BenefitUse, BenefitsOverview, BenefitsView, NewFirstPage, NewFirstQuestion, TierByHand};
use crate::api::books::{
    BookInfo, BookStatus, ChosenFolder, Done, LanguageChoice, NewBook, NewDemo, Nothing, OpenBook, ProposedFolder,
};
use crate::api::calendar::{CalendarChange, CalendarView};
use crate::api::chart_tables::ChartExport;
use crate::api::complaint_reports::{ComplaintReport, ReportExport, ReportQuestion, TrainingCase};
use crate::api::complaints::corrections::{
    ActCorrection, CompensationReturn, ComplaintDuplicate, ComplaintSeverityChange, ReceiptCorrection,
};
use crate::api::complaints::remedies::{NewRemedy, RemedyDone, RemedyGivenUp, RemedyMove};
use crate::api::complaints::{
    ComplaintFilter, ComplaintFollowUp, ComplaintHandOver, ComplaintInbox, ComplaintRef, ComplaintResolution,
    ComplaintResponse, ComplaintStep, ComplaintView, NewComplaint, TickView,
};
use crate::api::counter::{
    AgreedPrices, CounterRules, CounterRulesChange, DayFigures, DayRef, DraftView, EndAgreedPrice, KeepWord, LastOrder,
    NewAgreedPrice, QrCode, QrText, SaleQuote, SaveDraft, TillRef,
};
use crate::api::custom_fields::{
    CustomFieldChange, CustomFieldOrder, CustomFieldPreset, CustomFields, FieldValuesChange,
};
use crate::api::customer_plans::{CustomerPlanDone, CustomerPlanSave};
use crate::api::customers::{
    CustomerChange, CustomerFilter, CustomerPage, CustomerRef, CustomerView, NewCustomer, NewNote, SearchHits,
    SearchInput,
};
use crate::api::details::{AnniversariesChange, CustomerTrees, NewInteraction, PersonsChange, ReachChange, TiesChange};
use crate::api::duplicates::{DuplicateFilter, DuplicateList, NotSame};
use crate::api::effect::ContactEffect;
use crate::api::exports::{ExportRun, ExportedFile};
use crate::api::frame::FrameView;
use crate::api::imports::{
    ImportList, ImportLook, ImportPreview, ImportProblems, ImportRef, ImportRow, ImportRun, ImportUndoPreview,
    PastedCells, PastedFile,
};
use crate::api::improvements::{ImprovementFilter, ImprovementInput, ImprovementList};
use crate::api::intents::{IntentPage, IntentQuestion};
use crate::api::jobs::{JobRef, JobView};
use crate::api::ladder::{LadderChange, LadderPreview, LadderView, ReviewPreview, StandingPage, StandingView};
use crate::api::members::{Enrolled, Enrolment, InvitePage, InviteQuestion, MemberRuleChange};
use crate::api::merges::{MergeFilter, MergeList, MergeLook, MergePreview, MergeUndo, MergeView, NewMerge};
use crate::api::offers::cashback::{
    CashbackList, CashbackListFilter, CashbackPreview, CashbackQuestion, CashbackReversal, CashbackRunView,
    CashbackRuns,
};
use crate::api::offers::coupons::{
    CouponBatchView, CouponBatchVoid, CouponBatches, CouponFilter, CouponIssue, CouponPage, CouponPreview,
    CouponQuestion, CouponQuote, CouponView, CouponVoid,
};
use crate::api::offers::entry::{OfferEnd, OfferInput, OfferList, OfferQuestion, OfferTrial};
use crate::api::offers::fitting::{FittingDelete, FittingFor, FittingQuestion, FittingSave, Fittings};
use crate::api::offers::giveaways::{
    GiveawayEnd, GiveawayHandOut, GiveawayNew, GiveawayPeople, GiveawayPreview, GiveawayQuestion, GiveawayTakeBack,
    GiveawayView, Giveaways, GiveawaysWaiting,
};
use crate::api::offers::packs::{PackFilter, PackList, PackProductInput, PackStep, PackTakeBack, PackView, PacksView};
use crate::api::offers::plans::{CouponPlanEnd, CouponPlanInput, CouponPlanPreview, CouponPlans};
use crate::api::offers::quotes::{PriceQuoteFilter, PriceQuoteInput, PriceQuoteList, PriceQuoteView};
use crate::api::offers::recall::{RecallPage, RecallQuestion, RecallText};
use crate::api::offers::terms::{TermEnd, TermFilter, TermInput, TermList};
use crate::api::people::{
    ConfirmUndo, DynamicListRef, DynamicListSave, DynamicLists, NewJudgement, NewPin, PeopleCount, PeopleExport,
    PeopleInput, PeoplePage, PeopleTag, PinEnd, SegmentConfirm, SegmentConfirmed,
};
use crate::api::pictures::NewPicture;
use crate::api::pivot::{PivotInput, SegmentPivot};
use crate::api::points::{
    GiftRedeem, GiftSave, Gifts, PointsAdjust, PointsAsk, PointsCard, PointsOverview, PointsQuote, PointsRules,
    PointsRulesChange, PointsStatement, StatementExport, StatementInput,
};
use crate::api::policies::{PolicyChange, PolicyPreview, PolicyQuestion, PolicyView};
use crate::api::priority::{NewPriorityLock, PriorityRuleSave, PriorityRules};
use crate::api::privacy::{
    ConsentChange, ConsentNotice, DueInput, DuePage, EraseInput, ErasePreview, IncompleteInput, RetentionInput,
    RevealInput, Revealed, ReviewPage, SubjectCopy, SubjectExport,
};
use crate::api::product_sheets::{ProductSheet, ProductSheetChange};
use crate::api::products::{
    NewProduct, ProductChange, ProductCode, ProductFilter, ProductHits, ProductPage, ProductRef, ProductSearch,
    ProductView,
};
use crate::api::profile::CustomerProfile;
use crate::api::promising::PromisingRuleSave;
use crate::api::promotion::PromotionRuleSave;
use crate::api::sales::{
    NewRefund, NewSale, NewVoid, RefundPreview, SaleFilter, SalePage, SaleReceipt, SaleRef, SaleView,
};
use crate::api::schemes::{PreviewInput, SchemeList, SchemeRef, SchemeSave, SchemeView, SegmentPreview};
use crate::api::scripts::{SalesWords, ScriptChange, ScriptList, ScriptQuestion, TextToCheck};
use crate::api::segmentation::{SegmentRunInput, SegmentRunView, SegmentationView};
use crate::api::seldom::{NewSeldomReason, SeldomReasons};
use crate::api::settings::{SettingsChange, SettingsView};
use crate::api::staff::{DedicatedChange, DedicatedView, NewStaff, StaffAway, StaffList, StaffRename, StaffRetire};
use crate::api::table::{CellChange, CellView, TableExport, TableIds, TableInput, TablePage};
use crate::api::tags::{BulkCount, BulkTags, BulkUndo};
use crate::api::tags::{TagGroupSave, TagList, TagMerge, TagRef, TagSave};
use crate::api::timeline::{TimelineInput, TimelinePage};
use crate::api::usual_orders::{NewUsualOrder, UsualOrderRef, UsualOrders};
use crate::api::value::{
    SegmentCard, SegmentCharts, SegmentInsights, ServiceGlance, ServiceSave, ServiceView, SwotSave, SwotView,
};
use crate::api::views::{LayoutToKeep, NewView, ViewList, ViewRef};
use crate::api::wishes::{ArrivalTold, NewArrival, NewWish, WishBoard, WishRef};
use crate::app::App;
use crate::error::{ApiError, ErrorCode, Result};
use input::read_input;

/// Calls `$callback!` with the whole list.
#[macro_export]
macro_rules! for_each_command {
    ($callback:ident) => {
        $callback! {
            book_status(Nothing) -> BookStatus, action "app.look", by books::status;
            book_create(NewBook) -> BookInfo, action "book.create", by books::create;
            book_open(OpenBook) -> BookInfo, action "book.open", by books::open;
            book_folder(ChosenFolder) -> ProposedFolder, action "app.look", by books::look_at_folder;
            book_info(Nothing) -> BookInfo, action "app.look", by books::info;
            demo_create(NewDemo) -> JobView, action "book.create", by demo::create;
            frame_get(Nothing) -> FrameView, action "app.look", by frame::get;
            language_choose(LanguageChoice) -> Done, action "app.look", by frame::choose_language;
            approval_people(ApprovalQuestion) -> Approvers, action "app.look", by approvals::approvers;
            settings_get(Nothing) -> SettingsView, action "settings.look", by settings::get;
            settings_change(SettingsChange) -> SettingsView, action "settings.change", by settings::change;
            staff_list(Nothing) -> StaffList, action "staff.look", by staff::list;
            staff_add(NewStaff) -> StaffList, action "staff.add_remove", by staff::add;
            staff_rename(StaffRename) -> StaffList, action "staff.add_remove", by staff::rename;
            staff_retire(StaffRetire) -> StaffList, action "staff.add_remove", by staff::retire;
            staff_away(StaffAway) -> StaffList, action "staff.away", by staff::away;
            customer_dedicated(CustomerRef) -> DedicatedView, action "customer.search", by staff::dedicated;
            customer_dedicate(DedicatedChange) -> DedicatedView, action "customer.dedicate", by staff::dedicate;
            customer_search(SearchInput) -> SearchHits, action "customer.search", by customers::search;
            customer_list(CustomerFilter) -> CustomerPage, action "customer.search", by customers::list;
            customer_profile(CustomerRef) -> CustomerProfile, action "customer.search", by customers::profile;
            customer_create(NewCustomer) -> CustomerView, action "customer.create", by customers::create;
            customer_change(CustomerChange) -> CustomerView, action "customer.edit_basic", by customers::change;
            customer_note(NewNote) -> Done, action "customer.note", by customers::note;
            picture_save(NewPicture) -> Done, action "picture.save", by pictures::save;
            customer_merge_preview(MergeLook) -> MergePreview, action "customer.merge", by customers::merge_preview;
            customer_merge(NewMerge) -> MergeView, action "customer.merge", by customers::merge;
            customer_merge_undo(MergeUndo) -> MergeView, action "customer.merge", by customers::merge_undo;
            customer_merges(MergeFilter) -> MergeList, action "customer.search", by customers::merges;
            customer_timeline(TimelineInput) -> TimelinePage, action "customer.search", by people::timeline;
            customer_trees(CustomerRef) -> CustomerTrees, action "customer.search", by people::trees;
            customer_reach(ReachChange) -> Done, action "customer.details", by people::reach;
            customer_persons(PersonsChange) -> Done, action "customer.details", by people::persons;
            customer_ties(TiesChange) -> Done, action "customer.details", by people::ties;
            customer_anniversaries(AnniversariesChange) -> Done, action "customer.details", by people::anniversaries;
            customer_fields(FieldValuesChange) -> Done, action "customer.details", by custom_fields::set_values;
            customer_reveal(RevealInput) -> Revealed, action "customer.reveal_phone", by privacy::reveal;
            customer_incomplete(IncompleteInput) -> ReviewPage, action "customer.review", by privacy::incomplete;
            customer_retention(RetentionInput) -> ReviewPage, action "customer.retention", by privacy::retention;
            customer_due(DueInput) -> DuePage, action "customer.due", by privacy::due;
            customer_reveals_seen(Nothing) -> Done, action "privacy.seen", by privacy::reveals_seen;
            customer_copy(SubjectExport) -> SubjectCopy, action "customer.export_one", by privacy::export;
            customer_erase_preview(CustomerRef) -> ErasePreview, action "customer.erase", by privacy::preview;
            customer_erase(EraseInput) -> ErasePreview, action "customer.erase", by privacy::erase;
            interaction_add(NewInteraction) -> Done, action "interaction.add", by people::interact;
            consent_change(ConsentChange) -> Done, action "consent.change", by privacy::consent;
            consent_notice(Nothing) -> ConsentNotice, action "consent.look", by privacy::notice;
            custom_field_list(Nothing) -> CustomFields, action "customer.search", by custom_fields::list;
            custom_field_save(CustomFieldChange) -> CustomFields, action "customer.custom_fields", by custom_fields::save;
            custom_field_order(CustomFieldOrder) -> CustomFields, action "customer.custom_fields", by custom_fields::order;
            custom_field_preset(CustomFieldPreset) -> CustomFields, action "customer.custom_fields", by custom_fields::preset;
            wish_board(Nothing) -> WishBoard, action "wish.look", by wishes::board;
            wish_add(NewWish) -> Done, action "wish.change", by wishes::add;
            wish_close(WishRef) -> Done, action "wish.change", by wishes::close;
            wish_arrive(NewArrival) -> WishBoard, action "wish.change", by wishes::arrive;
            wish_told(ArrivalTold) -> WishBoard, action "wish.change", by wishes::told;
            attachment_add(NewAttachment) -> Done, action "attachment.change", by attachments::add;
            attachment_copy(AttachmentCopy) -> WrittenFile, action "attachment.look", by attachments::copy_out;
            attachment_remove(AttachmentRef) -> Done, action "attachment.change", by attachments::remove;
            customer_duplicates(DuplicateFilter) -> DuplicateList, action "customer.search", by customers::duplicates;
            customer_not_same(NotSame) -> Done, action "customer.merge", by customers::not_same;
            customer_not_same_undo(NotSame) -> Done, action "customer.merge", by customers::not_same_undo;
            customer_views(Nothing) -> ViewList, action "customer.search", by customers::views;
            customer_table(TableInput) -> TablePage, action "customer.search", by customers::table;
            customer_table_ids(CustomerFilter) -> TableIds, action "customer.search", by customers::table_ids;
            customer_cell(CellChange) -> CellView, action "customer.edit_basic", by customers::cell;
            customer_layout_keep(LayoutToKeep) -> Done, action "customer.search", by customers::layout_keep;
            customer_view_save(NewView) -> ViewList, action "customer.view", by customers::view_save;
            customer_view_delete(ViewRef) -> ViewList, action "customer.view", by customers::view_delete;
            customer_bulk_tag_preview(BulkTags) -> BulkCount, action "customer.tag", by customers::bulk_tag_preview;
            customer_bulk_tag(BulkTags) -> BulkCount, action "customer.tag", by customers::bulk_tag;
            customer_bulk_tag_undo(BulkUndo) -> Done, action "customer.tag", by customers::bulk_tag_undo;
            tag_list(Nothing) -> TagList, action "customer.search", by customers::tag_list;
            tag_save(TagSave) -> BulkCount, action "customer.tag", by customers::tag_save;
            tag_merge(TagMerge) -> BulkCount, action "customer.tag", by customers::tag_merge;
            tag_delete(TagRef) -> BulkCount, action "customer.tag", by customers::tag_delete;
            tag_group_save(TagGroupSave) -> TagList, action "customer.tag", by customers::tag_group_save;
            tag_group_delete(TagRef) -> TagList, action "customer.tag", by customers::tag_group_delete;
            product_search(ProductSearch) -> ProductHits, action "product.search", by products::search;
            product_scan(ProductCode) -> ProductHits, action "product.search", by products::scan;
            product_favourites(Nothing) -> ProductHits, action "product.search", by products::favourites;
            product_list(ProductFilter) -> ProductPage, action "product.look", by products::list;
            product_get(ProductRef) -> ProductView, action "product.look", by products::get;
            product_create(NewProduct) -> ProductView, action "product.change", by products::create;
            product_change(ProductChange) -> ProductView, action "product.change", by products::change;
            product_sheet(ProductRef) -> ProductSheet, action "product.look", by product_sheets::get;
            product_sheet_save(ProductSheetChange) -> ProductSheet, action "product.change", by product_sheets::save;
            product_intent(IntentQuestion) -> IntentPage, action "product.look", by intents::page;
            sale_create(NewSale) -> SaleReceipt, action "sale.create", by sales::create;
            sale_quote(NewSale) -> SaleQuote, action "sale.look", by sales::quote;
            sale_refund(NewRefund) -> SaleReceipt, action "sale.refund", by sales::refund;
            sale_refund_preview(NewRefund) -> RefundPreview, action "sale.look", by sales::preview;
            sale_void(NewVoid) -> SaleReceipt, action "sale.void_same_day_own", by sales::void;
            sale_last_order(CustomerRef) -> LastOrder, action "sale.look", by counter::last_order;
            usual_order_list(CustomerRef) -> UsualOrders, action "usual.look", by usual_orders::list;
            usual_order_save(NewUsualOrder) -> UsualOrders, action "usual.change", by usual_orders::save;
            usual_order_delete(UsualOrderRef) -> Done, action "usual.change", by usual_orders::delete;
            sale_day(DayRef) -> DayFigures, action "sale.look", by counter::day;
            draft_get(TillRef) -> DraftView, action "sale.draft", by counter::draft;
            draft_save(SaveDraft) -> Done, action "sale.draft", by counter::save_draft;
            price_list(CustomerRef) -> AgreedPrices, action "price.look", by counter::agreed_prices;
            price_agree(NewAgreedPrice) -> AgreedPrices, action "price.agree", by counter::agree_price;
            price_end(EndAgreedPrice) -> Done, action "price.agree", by counter::end_price;
            customer_keep_word(KeepWord) -> Done, action "customer.keep", by counter::keep_word;
            counter_rules(Nothing) -> CounterRules, action "settings.look", by counter::rules;
            counter_rules_change(CounterRulesChange) -> CounterRules, action "settings.change", by counter::change_rules;
            qr_code(QrText) -> QrCode, action "app.look", by counter::qr_code;
            sale_get(SaleRef) -> SaleView, action "sale.look", by sales::get;
            sale_list(SaleFilter) -> SalePage, action "sale.look", by sales::list;
            segment_get(Nothing) -> SegmentationView, action "segment.look", by segmentation::get;
            segment_run(SegmentRunInput) -> SegmentRunView, action "segment.run", by segmentation::run;
            scheme_list(Nothing) -> SchemeList, action "segment.look", by segmentation::scheme_list;
            scheme_get(SchemeRef) -> SchemeView, action "segment.look", by segmentation::scheme_get;
            scheme_save(SchemeSave) -> SchemeView, action "scheme.change", by segmentation::scheme_save;
            scheme_delete(SchemeRef) -> Done, action "scheme.change", by segmentation::scheme_delete;
            scheme_make_primary(SchemeRef) -> SegmentRunView, action "scheme.change", by segmentation::scheme_make_primary;
            segment_preview(PreviewInput) -> SegmentPreview, action "segment.look", by segmentation::preview;
            segment_charts(SchemeRef) -> SegmentCharts, action "segment.look", by segmentation::charts;
            segment_insights(Nothing) -> SegmentInsights, action "segment.look", by segmentation::insights;
            segment_chart_export(ChartExport) -> ExportedFile, action "report.all", by segmentation::chart_export;
            segment_people(PeopleInput) -> PeoplePage, action "segment.look", by segmentation::people;
            segment_tag(PeopleTag) -> PeopleCount, action "segment.tag", by segmentation::tag;
            segment_export(PeopleExport) -> PeopleCount, action "customer.export_all", by segmentation::export;
            segment_lists(Nothing) -> DynamicLists, action "segment.look", by segmentation::lists;
            segment_list_save(DynamicListSave) -> DynamicLists, action "segment.list", by segmentation::list_save;
            segment_list_delete(DynamicListRef) -> Done, action "segment.list", by segmentation::list_delete;
            segment_card(CustomerRef) -> SegmentCard, action "segment.look", by segmentation::card;
            segment_pin(NewPin) -> SegmentCard, action "segment.pin", by segmentation::pin;
            segment_unpin(PinEnd) -> SegmentCard, action "segment.pin", by segmentation::unpin;
            segment_confirm(SegmentConfirm) -> SegmentConfirmed, action "segment.pin", by segmentation::confirm;
            segment_confirm_undo(ConfirmUndo) -> PeopleCount, action "segment.pin", by segmentation::confirm_undo;
            priority_lock(NewPriorityLock) -> SegmentCard, action "segment.pin", by segmentation::priority_lock;
            priority_unlock(CustomerRef) -> SegmentCard, action "segment.pin", by segmentation::priority_unlock;
            priority_rules(Nothing) -> PriorityRules, action "segment.look", by segmentation::priority_rules;
            priority_rules_save(PriorityRuleSave) -> PriorityRules, action "service.change", by segmentation::priority_rules_save;
            promotion_rule_save(PromotionRuleSave) -> Done, action "service.change", by segmentation::promotion_rule_save;
            promising_rule_save(PromisingRuleSave) -> Done, action "service.change", by segmentation::promising_rule_save;
            trial_confirm(CustomerRef) -> SegmentCard, action "segment.pin", by segmentation::trial_confirm;
            segment_pivot(PivotInput) -> SegmentPivot, action "segment.look", by segmentation::pivot;
            seldom_reason_add(NewSeldomReason) -> SegmentCard, action "customer.note", by segmentation::seldom_reason_add;
            seldom_reasons(Nothing) -> SeldomReasons, action "segment.look", by segmentation::seldom_reasons;
            customer_plan_save(CustomerPlanSave) -> SegmentCard, action "customer.note", by segmentation::customer_plan_save;
            customer_plan_done(CustomerPlanDone) -> SegmentCard, action "customer.note", by segmentation::customer_plan_done;
            customer_judge(NewJudgement) -> SegmentCard, action "customer.judge", by segmentation::judge;
            service_card(CustomerRef) -> ServiceGlance, action "segment.look", by segmentation::service_card_get;
            service_get(SchemeRef) -> ServiceView, action "segment.look", by segmentation::service_get;
            service_save(ServiceSave) -> ServiceView, action "service.change", by segmentation::service_save;
            contact_effect(Nothing) -> ContactEffect, action "segment.look", by segmentation::contact_effect;
            swot_get(Nothing) -> SwotView, action "segment.look", by segmentation::swot_get;
            swot_save(SwotSave) -> SwotView, action "service.change", by segmentation::swot_save;
            ladder_get(Nothing) -> LadderView, action "ladder.look", by ladder::get;
            ladder_preview(LadderChange) -> LadderPreview, action "ladder.look", by ladder::preview;
            ladder_change(LadderChange) -> LadderView, action "ladder.change", by ladder::change;
            ladder_standing(CustomerRef) -> StandingPage, action "ladder.look", by ladder::standing;
            member_invites(InviteQuestion) -> InvitePage, action "member.look", by members::invites;
            member_invite_ids(InviteQuestion) -> TableIds, action "member.look", by members::invite_ids;
            member_enrol(Enrolment) -> Enrolled, action "member.enrol", by members::enrol;
            member_rule_change(MemberRuleChange) -> InvitePage, action "member.rule", by members::change_rule;
            ladder_by_hand(TierByHand) -> StandingView, action "ladder.by_hand", by ladder::by_hand;
            ladder_review_preview(Nothing) -> ReviewPreview, action "ladder.look", by ladder::review_preview;
            ladder_review_run(Nothing) -> ReviewPreview, action "ladder.review", by ladder::review_run;
            benefit_get(CustomerRef) -> BenefitsView, action "ladder.look", by ladder::benefits::get;
            benefit_use(BenefitUse) -> BenefitsView, action "benefit.use", by ladder::benefits::use_one;
            benefit_overview(Nothing) -> BenefitsOverview, action "ladder.look", by ladder::benefits::overview;
            benefit_new_first(NewFirstQuestion) -> NewFirstPage, action "ladder.look", by ladder::new_first;
            benefit_new_first_ids(NewFirstQuestion) -> TableIds, action "ladder.look", by ladder::new_first_ids;
            points_quote(PointsAsk) -> PointsQuote, action "ladder.look", by points::quote;
            points_statement(StatementInput) -> PointsStatement, action "ladder.look", by points::statement;
            points_statement_export(StatementExport) -> ExportedFile, action "customer.export_one", by points::export_statement;
            points_overview(Nothing) -> PointsOverview, action "ladder.look", by points::overview;
            points_adjust(PointsAdjust) -> PointsCard, action "points.adjust", by points::adjust;
            points_rules_get(Nothing) -> PointsRules, action "ladder.look", by points::rules_get;
            points_rules_change(PointsRulesChange) -> PointsRules, action "settings.points_rules", by points::rules_change;
            gift_list(Nothing) -> Gifts, action "ladder.look", by points::gift_list;
            gift_save(GiftSave) -> Gifts, action "gift.save", by points::gift_save;
            gift_redeem(GiftRedeem) -> PointsCard, action "points.redeem", by points::gift_redeem;
            offer_list(Nothing) -> OfferList, action "offer.look", by offers::entry::list;
            offer_save(OfferInput) -> OfferList, action "offer.change", by offers::entry::save;
            offer_end(OfferEnd) -> OfferList, action "offer.change", by offers::entry::end;
            offer_preview(OfferQuestion) -> OfferTrial, action "offer.change", by offers::entry::trial;
            price_quote_preview(PriceQuoteInput) -> PriceQuoteView, action "offer.look", by offers::quotes::preview;
            price_quote_save(PriceQuoteInput) -> PriceQuoteView, action "price_quote.make", by offers::quotes::save;
            price_quote_list(PriceQuoteFilter) -> PriceQuoteList, action "offer.look", by offers::quotes::list;
            coupon_batches(Nothing) -> CouponBatches, action "coupon.look", by coupons::batches;
            coupon_list(CouponFilter) -> CouponPage, action "coupon.look", by coupons::list;
            coupon_quote(CouponQuestion) -> CouponQuote, action "coupon.look", by coupons::quote;
            coupon_preview(CouponIssue) -> CouponPreview, action "coupon.issue", by coupons::preview;
            coupon_issue(CouponIssue) -> CouponBatchView, action "coupon.issue", by coupons::issue_batch;
            coupon_void(CouponVoid) -> CouponView, action "coupon.void", by coupons::void;
            coupon_void_batch(CouponBatchVoid) -> CouponBatchView, action "coupon.void", by coupons::void_batch;
            coupon_recall(RecallQuestion) -> RecallPage, action "coupon.look", by coupons::recall::page;
            coupon_change_recall_text(RecallText) -> RecallText, action "coupon.plan", by coupons::recall::change_text;
            giveaway_list(Nothing) -> Giveaways, action "giveaway.look", by offers::giveaways::list;
            giveaway_preview(GiveawayNew) -> GiveawayPreview, action "giveaway.save", by offers::giveaways::preview;
            giveaway_save(GiveawayNew) -> GiveawayView, action "giveaway.save", by offers::giveaways::save;
            giveaway_end(GiveawayEnd) -> Giveaways, action "giveaway.save", by offers::giveaways::end;
            giveaway_people(GiveawayQuestion) -> GiveawayPeople, action "giveaway.look", by offers::giveaways::page;
            giveaway_hand_out(GiveawayHandOut) -> GiveawayView, action "giveaway.hand_out", by offers::giveaways::hand_out;
            giveaway_take_back(GiveawayTakeBack) -> GiveawayView, action "giveaway.take_back", by offers::giveaways::take_back;
            giveaway_waiting(CustomerRef) -> GiveawaysWaiting, action "giveaway.look", by offers::giveaways::waiting;
            fitting_list(Nothing) -> Fittings, action "offer.look", by offers::fitting::list;
            fitting_save(FittingSave) -> Fittings, action "offer.change", by offers::fitting::save;
            fitting_delete(FittingDelete) -> Fittings, action "offer.change", by offers::fitting::delete;
            fitting_for(FittingQuestion) -> FittingFor, action "offer.look", by offers::fitting::of_customer;
            coupon_plan_list(Nothing) -> CouponPlans, action "coupon.look", by coupons::plans::list;
            coupon_plan_preview(CouponPlanInput) -> CouponPlanPreview, action "coupon.plan", by coupons::plans::preview;
            coupon_plan_save(CouponPlanInput) -> CouponPlans, action "coupon.plan", by coupons::plans::save;
            coupon_plan_end(CouponPlanEnd) -> CouponPlans, action "coupon.plan", by coupons::plans::end;
            pack_overview(Nothing) -> PacksView, action "pack.look", by packs::overview;
            pack_list(PackFilter) -> PackList, action "pack.look", by packs::list;
            pack_product(PackProductInput) -> PacksView, action "pack.change", by packs::set_product;
            pack_use(PackStep) -> PackView, action "pack.use", by packs::use_one;
            pack_take_back(PackTakeBack) -> PackView, action "pack.take_back", by packs::take_back;
            pack_freeze(PackStep) -> PackView, action "pack.freeze", by packs::freeze;
            pack_unfreeze(PackStep) -> PackView, action "pack.freeze", by packs::unfreeze;
            pack_give_back(PackStep) -> PackView, action "pack.give_back", by sales::give_back_pack;
            cashback_runs(Nothing) -> CashbackRuns, action "cashback.look", by cashback::runs;
            cashback_preview(CashbackQuestion) -> CashbackPreview, action "cashback.look", by cashback::preview;
            cashback_approve(CashbackQuestion) -> JobView, action "cashback.approve", by cashback::approve;
            cashback_list(CashbackListFilter) -> CashbackList, action "cashback.look", by cashback::list;
            cashback_reverse(CashbackReversal) -> CashbackRunView, action "cashback.reverse", by cashback::reverse;
            term_list(TermFilter) -> TermList, action "term.look", by terms::list;
            term_agree(TermInput) -> TermList, action "term.change", by terms::agree;
            term_end(TermEnd) -> TermList, action "term.change", by terms::end;
            complaint_open(NewComplaint) -> ComplaintView, action "complaint.open", by complaints::open;
            complaint_inbox(ComplaintFilter) -> ComplaintInbox, action "complaint.look", by complaints::inbox;
            complaint_get(ComplaintRef) -> ComplaintView, action "complaint.look", by complaints::get;
            complaint_respond(ComplaintResponse) -> ComplaintView, action "complaint.reply", by complaints::respond;
            complaint_start(ComplaintStep) -> ComplaintView, action "complaint.step", by complaints::start;
            complaint_wait(ComplaintStep) -> ComplaintView, action "complaint.step", by complaints::wait;
            complaint_resume(ComplaintStep) -> ComplaintView, action "complaint.step", by complaints::resume;
            complaint_note(ComplaintStep) -> ComplaintView, action "complaint.step", by complaints::note;
            complaint_customer_wrote(ComplaintStep) -> ComplaintView, action "complaint.step", by complaints::customer_wrote;
            complaint_resolve(ComplaintResolution) -> ComplaintView, action "complaint.resolve", by complaints::resolve;
            complaint_take_back(CompensationReturn) -> ComplaintView, action "complaint.resolve", by complaints::take_back;
            complaint_promise(NewRemedy) -> ComplaintView, action "complaint.step", by complaints::promise;
            complaint_change_promise(RemedyMove) -> ComplaintView, action "complaint.change_deadline", by complaints::change_date;
            complaint_finish_promise(RemedyDone) -> ComplaintView, action "complaint.step", by complaints::finish;
            complaint_drop_promise(RemedyGivenUp) -> ComplaintView, action "complaint.close", by complaints::give_up;
            complaint_follow_up(ComplaintFollowUp) -> ComplaintView, action "complaint.step", by complaints::follow_up;
            complaint_reopen(ComplaintStep) -> ComplaintView, action "complaint.step", by complaints::reopen;
            complaint_close(ComplaintStep) -> ComplaintView, action "complaint.close", by complaints::close;
            complaint_withdraw(ComplaintStep) -> ComplaintView, action "complaint.close", by complaints::withdraw;
            complaint_hand_over(ComplaintHandOver) -> ComplaintView, action "complaint.hand_over", by complaints::hand_over;
            complaint_duplicate(ComplaintDuplicate) -> ComplaintView, action "complaint.close", by complaints::duplicate;
            complaint_change_severity(ComplaintSeverityChange) -> ComplaintView, action "complaint.step", by complaints::change_severity;
            complaint_correct_receipt(ReceiptCorrection) -> ComplaintView, action "complaint.change_deadline", by complaints::correct_receipt;
            complaint_correct_act(ActCorrection) -> ComplaintView, action "complaint.change_deadline", by complaints::correct_act;
            complaint_scripts(ScriptQuestion) -> ScriptList, action "complaint.look", by complaints::scripts;
            complaint_change_script(ScriptChange) -> ScriptList, action "complaint.change_script", by complaints::change_script;
            complaint_sales_words(TextToCheck) -> SalesWords, action "complaint.look", by complaints::sales_words;
            complaint_report(ReportQuestion) -> ComplaintReport, action "report.all", by complaints::report;
            complaint_report_export(ReportExport) -> ExportedFile, action "report.all", by complaints::export_report;
            complaint_training(ComplaintRef) -> TrainingCase, action "complaint.look", by complaints::training;
            complaint_tick(Nothing) -> TickView, action "complaint.tick", by complaints::tick;
            improvement_list(ImprovementFilter) -> ImprovementList, action "improvement.look", by improvements::list;
            improvement_save(ImprovementInput) -> ImprovementList, action "improvement.change", by improvements::save;
            assessment_board(Nothing) -> AssessmentBoard, action "assessment.look", by assessments::board;
            assessment_plan(AssessmentPlan) -> AssessmentBoard, action "assessment.change", by assessments::plan;
            assessment_record(NewAssessment) -> AssessmentBoard, action "assessment.change", by assessments::record;
            policy_get(Nothing) -> PolicyView, action "policy.look", by policies::get;
            policy_preview(PolicyQuestion) -> PolicyPreview, action "policy.look", by policies::preview;
            policy_change(PolicyChange) -> PolicyView, action "policy.change", by policies::change;
            calendar_get(Nothing) -> CalendarView, action "calendar.look", by calendar::get;
            calendar_change(CalendarChange) -> CalendarView, action "calendar.change", by calendar::change;
            import_paste(PastedCells) -> PastedFile, action "import.look", by imports::paste;
            import_look(ImportLook) -> ImportPreview, action "import.look", by imports::look;
            import_run(ImportRun) -> JobView, action "customer.import", by imports::run;
            import_problems(ImportProblems) -> ExportedFile, action "customer.import", by imports::problems;
            import_list(Nothing) -> ImportList, action "import.look", by imports::list;
            import_undo_preview(ImportRef) -> ImportUndoPreview, action "import.look", by imports::undo_preview;
            import_undo(ImportRef) -> ImportRow, action "import.undo", by imports::undo;
            customer_table_export(TableExport) -> JobView, action "customer.export_all", by exports::table;
            export_run(ExportRun) -> JobView, action "customer.export_all", by exports::start;
            job_get(JobRef) -> JobView, action "job.look", by jobs::get;
            job_cancel(JobRef) -> JobView, action "job.look", by jobs::cancel;
            backup_status(Nothing) -> BackupStatus, action "backup.look", by backups::status;
            backup_create(NewBackup) -> BackupView, action "backup.create", by backups::create;
            backup_verify(BackupFile) -> BackupView, action "backup.verify", by backups::verify;
            backup_restore(BackupRestore) -> BookInfo, action "backup.restore", by backups::restore;
        }
    };
}

/// One command as `shukebu-cli commands` shows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CommandInfo {
    /// Name.
    pub name: &'static str,
    /// Input type.
    pub input: &'static str,
    /// Output type.
    pub output: &'static str,
    /// Action of the rights table.
    pub action: &'static str,
}

macro_rules! define_commands {
    ($($name:ident($input:ident) -> $output:ident, action $action:literal, by $($module:ident)::+;)*) => {
        /// Every command, in the order of the list.
        pub const COMMANDS: &[CommandInfo] = &[
            $(CommandInfo {
                name: stringify!($name),
                input: stringify!($input),
                output: stringify!($output),
                action: $action,
            },)*
        ];

        fn dispatch(app: &App, command: &str, input: &str) -> Result<String> {
            match command {
                $(stringify!($name) => {
                    app.authorize($action)?;
                    let input: $input = read_input(input)?;
                    let output: $output = crate::$($module)::+(app, input)?;
                    Ok(serde_json::to_string(&output)?)
                })*
                other => Err(ApiError::new(ErrorCode::NotFound, "not_found.command").with("command", other)),
            }
        }

        /// JSON Schemas of a command's input and output; `None` for an unknown command.
        pub fn schemas(command: &str) -> Option<(schemars::Schema, schemars::Schema)> {
            match command {
                $(stringify!($name) => Some((schemars::schema_for!($input), schemars::schema_for!($output))),)*
                _ => None,
            }
        }

        /// The TypeScript map from command to input and output.
        #[cfg(feature = "bindings")]
        pub fn typescript_map(config: &ts_rs::Config) -> String {
            use std::fmt::Write;
            use ts_rs::TS;
            let mut types = std::collections::BTreeSet::new();
            let mut lines = String::new();
            $(
                types.insert(<$input as TS>::ident(config));
                types.insert(<$output as TS>::ident(config));
                let _ = writeln!(
                    lines,
                    "  {}: {{ input: {}; output: {} }};",
                    stringify!($name),
                    <$input as TS>::ident(config),
                    <$output as TS>::ident(config),
                );
            )*
            let mut text = String::from("// Generated by `cargo xtask bindings` from the one list of commands. Do not edit.\n");
            for name in types {
                let _ = writeln!(text, "import type {{ {name} }} from \"./{name}\";");
            }
            let _ = write!(text, "\nexport type Commands = {{\n{lines}}};\n\nexport type CommandName = keyof Commands;\n");
            text
        }
    };
}

for_each_command!(define_commands);

/// Calls one command with JSON text and answers JSON text; every refusal leaves with its sentence in the language
/// of the app.
///
/// # Errors
/// What the command refuses, an unknown command, an input that does not fit its type.
pub fn call(app: &App, command: &str, input: &str) -> Result<String> {
    app.with_approval(input, |input| dispatch(app, command, input))
        .map_err(|refusal| crate::messages::worded(refusal, app.language()))
}

#[cfg(all(test, feature = "bindings"))]
mod bindings;
