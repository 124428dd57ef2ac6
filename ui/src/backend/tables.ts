// The tables of the book that a question may have been read from, so that a misspelt one does not compile.
// The test beside holds this list against the migrations.
export const tableNames = [
  'book',
  'settings',
  'staff',
  'imports',
  'import_layouts',
  'import_ranges',
  'import_changes',
  'customers',
  'contacts',
  'tags',
  'customer_tags',
  'notes',
  'products',
  'sales',
  'sale_lines',
  'refunds',
  'customer_figures',
  'ladder_versions',
  'tier_changes',
  'schemes',
  'segment_runs',
  'segment_assignments',
  'calendar_versions',
  'policy_versions',
  'complaints',
  'complaint_events',
  'complaint_verdicts',
  'complaint_notices',
  'complaint_resolutions',
  'backups',
] as const;

/** A table, or `*` for all of them. */
export type Table = (typeof tableNames)[number] | '*';
