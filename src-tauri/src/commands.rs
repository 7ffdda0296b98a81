//! The window's commands: convert, delegate, convert. What they do is the workbench's.
//!
//! Each runs off the main thread. A new command is added here, in `shared_commands.rs`, and in the
//! capability, or the window may not call it.

use assay_model::Fault;
use assay_model::results::RunInfo;
use assay_workbench::Desk;
use assay_workbench::wire::*;
use tauri::{State, WebviewWindow};

use crate::asked::Asked;

type Reply<T> = Result<T, Fault>;

/// Declares commands that only pass a request on to the desk method of the same name.
macro_rules! commands {
    ($($name:ident($($request:ty)?) -> $reply:ty;)*) => { $(commands!(@one $name, $($request)?, $reply);)* };
    (@one $name:ident, , $reply:ty) => {
        #[tauri::command(async)]
        pub fn $name(desk: State<'_, Desk>) -> Reply<$reply> { desk.$name() }
    };
    (@one $name:ident, $request:ty, $reply:ty) => {
        #[tauri::command(async)]
        pub fn $name(desk: State<'_, Desk>, request: Asked<$request>) -> Reply<$reply> { desk.$name(&request.0) }
    };
}

commands! {
    app_state() -> AppState;
    about() -> About;
    workspace_create(WorkspaceCreateRequest) -> AppState;
    workspace_close() -> AppState;
    sample_open() -> Option<Job>;
    person_add(PersonRequest) -> AppState;
    person_choose(PersonRequest) -> AppState;
    mapping_preview(MappingRequest) -> MappingPreview;
    index_start(IndexRequest) -> Job;
    overview(SnapshotRequest) -> Overview;
    quarantine_page(QuarantineRequest) -> QuarantinePage;
    fields(SnapshotRequest) -> Vec<FieldInfo>;
    samples_open(SamplesOpenRequest) -> SamplesView;
    samples_summary(ViewRequest) -> SamplesSummary;
    samples_rows(RowsRequest) -> RowsPage;
    samples_close(ViewRequest) -> ();
    sample_detail(SampleRequest) -> SampleDetail;
    clusters_page(ClustersRequest) -> ClustersPage;
    cluster_detail(ClusterRequest) -> ClusterDetail;
    compare_texts(CompareRequest) -> Comparison;
    queue_preview(QueueCreateRequest) -> QueuePreview;
    queue_create(QueueCreateRequest) -> QueueInfo;
    queues() -> Vec<QueueInfo>;
    queue_open(QueueRequest) -> QueueState;
    review_item(ReviewItemRequest) -> ReviewItem;
    decide(DecideRequest) -> Decided;
    undo(UndoRequest) -> Decided;
    redo(UndoRequest) -> Decided;
    unseal(UnsealRequest) -> ReviewItem;
    flag(FlagRequest) -> FlagSaved;
    slices() -> Vec<NamedSlice>;
    slice_define(SliceRequest) -> Vec<NamedSlice>;
    slice_remove(SliceRequest) -> Vec<NamedSlice>;
    rubric_examples(QueueRequest) -> Vec<RubricExample>;
    bulk_preview(BulkPreviewRequest) -> BulkPreview;
    bulk_act(BulkRequest) -> BulkSaved;
    bulk_undo(BulkUndoRequest) -> BulkSaved;
    gold_overview() -> GoldOverview;
    gold_candidate(DigestRequest) -> GoldCandidateDetail;
    gold_promote(GoldRequest) -> GoldChanged;
    gold_revoke(GoldRequest) -> GoldChanged;
    disputes() -> Disputes;
    dispute_open(DisputeRequest) -> DisputeDetail;
    dispute_answer(DisputeAnswerRequest) -> DisputeDetail;
    dispute_settle(DisputeSettleRequest) -> DisputeSettled;
    agreement(AgreementRequest) -> AgreementView;
    packs() -> Vec<PackInfo>;
    pack_issue(PackIssueRequest) -> PackWritten;
    pack_return(PackReturnRequest) -> PackWritten;
    pack_look(HandleRequest) -> PackLook;
    pack_take(PackTakeRequest) -> PackTaken;
    rubrics() -> Vec<RubricInfo>;
    rubric_add(RubricAddRequest) -> RubricAdded;
    rubric_follow(RubricFollowRequest) -> RubricFollowed;
    gold_freeze(GoldFreezeRequest) -> GoldFreezed;
    gold_export(GoldExportRequest) -> GoldExported;
    gold_anchor(SnapshotRequest) -> GoldAnchor;
    gold_settings(GoldSettings) -> GoldSettings;
    label_noise(LabelNoiseRequest) -> LabelNoiseAnswer;
    signal_calibration(SnapshotRequest) -> SignalCalibration;
    incident_report(IncidentRequest) -> IncidentSaved;
    incidents() -> Vec<IncidentRow>;
    incident_nearest(IncidentNearestRequest) -> IncidentNearestAnswer;
    training(SnapshotRequest) -> TrainingAnswer;
    training_release(TrainingReleaseRequest) -> TrainingChanged;
    training_withdraw(TrainingWithdrawRequest) -> TrainingChanged;
    card_draft(SnapshotRequest) -> CardAnswer;
    card_export(CardExportRequest) -> Exported;
    card_text_write(CardTextRequest) -> CardTextSaved;
    card_texts(CardTextsRequest) -> Vec<CardTextRow>;
    sign_look(SnapshotRequest) -> SignLookAnswer;
    sign_card(SignRequest) -> Signed;
    sign_join(SignJoinRequest) -> Signed;
    sign_withdraw(SignWithdrawRequest) -> SignWithdrawn;
    sign_state(SnapshotRequest) -> SignState;
    key_create(KeyCreateRequest) -> KeyCreated;
    key_forget() -> Trust;
    key_revoke(KeyRevokeRequest) -> KeyRevoked;
    keys() -> Vec<KeyInfo>;
    head_sign(HeadSignRequest) -> Trust;
    heads_copy(HandleRequest) -> Trust;
    activity_page(ActivityRequest) -> ActivityPage;
    ledger_verify() -> LedgerCheck;
    entry_proof(EntryProofRequest) -> Option<EntryProof>;
    trust() -> Trust;
    release_policy() -> ReleasePolicy;
    release_preview(ReleaseRequest) -> ReleaseAnswer;
    release_write(ReleaseWriteRequest) -> ReleaseWriteAnswer;
    sample_lineage(SampleRequest) -> Vec<LineageStep>;
    contract() -> ContractInfo;
    contract_choose(ContractRequest) -> ContractInfo;
    gates(GatesRequest) -> GatesAnswer;
    gate_waive(WaiveRequest) -> Gates;
    compare(CompareSnapshotsRequest) -> ComparisonAnswer;
    trends(TrendsRequest) -> TrendsAnswer;
    leak(LeakRequest) -> LeakAnswer;
    leak_pairs(LeakPairsRequest) -> LeakPairs;
    effect_sizes() -> EffectBounds;
    effect_sizes_set(EffectBounds) -> EffectBounds;
    chart_save(ChartSaveRequest) -> ();
    origins_recompute(SnapshotRequest) -> Job;
    synthetic_mark(SyntheticMarkRequest) -> AppState;
    synthetic_unmark(SyntheticUnmarkRequest) -> AppState;
    evidence_files(SnapshotRequest) -> Vec<EvidenceFileRow>;
    evidence_withdraw(EvidenceWithdrawRequest) -> EvidenceWithdrawn;
    pairs_page(PairsRequest) -> PairsPage;
    passages_page(PassagesRequest) -> PassagesPage;
    duplicate_state(SnapshotRequest) -> DuplicateState;
    duplicate_judge(JudgeRequest) -> JudgementSaved;
    duplicate_withdraw(WithdrawRequest) -> JudgementSaved;
    duplicate_policy(KeepPolicyRequest) -> JudgementSaved;
    duplicate_settings(DuplicateSettingsRequest) -> JudgementSaved;
    measure_start(SnapshotRequest) -> Option<Job>;
    across_matrix(AcrossRequest) -> AcrossAnswer;
    across_pairs(AcrossPairsRequest) -> PairsPage;
    coverage(CoverageRequest) -> assay_model::report::Coverage;
    references(SnapshotRequest) -> References;
    results_preview(ResultsFileRequest) -> ResultsFile;
    results_add(ResultsFileRequest) -> ResultsAdded;
    results_runs() -> Vec<RunInfo>;
    results_remove(RunRequest) -> Vec<RunInfo>;
    results_report(ResultsReportRequest) -> ResultsView;
}

#[tauri::command(async)]
pub fn workspace_open(desk: State<'_, Desk>, request: Asked<HandleRequest>) -> Reply<AppState> {
    desk.workspace_open(&request.0.handle)
}

#[tauri::command(async)]
pub fn workspace_open_recent(desk: State<'_, Desk>, request: Asked<HandleRequest>) -> Reply<AppState> {
    desk.workspace_open(&request.0.handle)
}

#[tauri::command(async)]
pub fn settings_get(desk: State<'_, Desk>) -> Settings {
    desk.settings_get()
}

#[tauri::command(async)]
pub fn settings_set(desk: State<'_, Desk>, request: Asked<Settings>) {
    desk.settings_set(request.0);
}

/// How small and how large the window may be drawn, in percent; at 400 it still reflows (WCAG 1.4.10).
const ZOOM: std::ops::RangeInclusive<u16> = 50..=400;

#[tauri::command(async)]
pub fn window_zoom(window: WebviewWindow, request: Asked<WindowZoomRequest>) -> Reply<()> {
    let percent = request.0.percent.clamp(*ZOOM.start(), *ZOOM.end());
    window
        .set_zoom(f64::from(percent) / 100.0)
        .map_err(|error| Fault::internal("drawing the window larger or smaller", error))
}

#[tauri::command(async)]
pub fn jobs(desk: State<'_, Desk>) -> Vec<Job> {
    desk.jobs()
}

#[tauri::command(async)]
pub fn job_cancel(desk: State<'_, Desk>, request: Asked<JobRequest>) {
    desk.job_cancel(request.0.id);
}
