// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type {
  BlockedSubmissions,
  ErasedSubmissions,
  Form,
  FormDuplicate,
  FormList,
  FormMeta,
  FormNew,
  FormSender,
  Ok,
  SenderSubmissions,
  Submission,
  SubmissionEmail,
  SubmissionEmailList,
  SubmissionList,
  SubmissionPatch,
} from "./schemas.js";
import type { Conditional, Options, Repeatable, Versioned } from "../transport.js";

/** Forms: what they ask, and what visitors have sent. */
export interface FormsResource {
  /**
   * The forms of an app, newest first. Only those of one slug, isActive, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms`
   */
  listForms(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** Page number, from 1. */
    page?: number;
    /** Go on after the item that meta.next of the page before told, in the same order; instead of page. */
    after?: string;
    /** Items on a page. */
    pageSize?: number;
    /** Leave heavy fields out. */
    lite?: boolean;
    /** Field and direction. */
    sort?: string;
    /** Words to look for in name, slug. */
    search?: string;
    /** Only items with this slug. */
    slug?: string;
    /** Only items with this isActive. */
    isActive?: boolean;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<FormList>;

  /**
   * Make a form. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms`
   */
  createForm(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data: FormNew;
  }, options?: Repeatable): Promise<Form>;

  /**
   * A form. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}`
   */
  getForm(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options: Conditional & { ifNoneMatch: string }): Promise<Form | undefined>;
  getForm(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** `html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`. */
    render?: "html";
  }, options?: Conditional): Promise<Form>;

  /**
   * Change a form: all but content, status and visibility. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}`
   */
  updateFormMeta(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored. */
    locale?: string;
    /** The body, application/json. */
    data?: FormMeta;
  }, options?: Versioned): Promise<Form>;

  /**
   * Move a form to the trash. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}`
   */
  deleteForm(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
  }, options?: Versioned): Promise<Ok>;

  /**
   * Let a form take what visitors send. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}/activate`
   */
  activateForm(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
  }, options?: Versioned): Promise<Form>;

  /**
   * Let a form take nothing more. With If-Match nothing that was changed meanwhile is overwritten. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}/deactivate`
   */
  deactivateForm(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
  }, options?: Versioned): Promise<Form>;

  /**
   * Make a form that asks the same. All languages, all settings and the ids of its blocks come along, what was sent to it does not. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}/duplicate`
   */
  duplicateForm(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** The body, application/json. */
    data: FormDuplicate;
  }, options?: Repeatable): Promise<Form>;

  /**
   * What was sent to a form, newest first. `search` looks into the answers. A key needs the option `submissions`, which is on for full access alone unless it was set. Only those of one createdAt, mark where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}/submissions`
   */
  listFormSubmissions(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** Page number, from 1. */
    page?: number;
    /** Go on after the item that meta.next of the page before told, in the same order; instead of page. */
    after?: string;
    /** Items on a page. */
    pageSize?: number;
    /** Leave heavy fields out. */
    lite?: boolean;
    /** Field and direction. */
    sort?: string;
    /** Words to look for in data. */
    search?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this mark. */
    mark?: "unread" | "read" | "spam";
  }, options?: Options): Promise<SubmissionList>;

  /**
   * What somebody sent to a form. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}/submissions/{submissionId}`
   */
  getFormSubmission(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** The id of the submission. */
    submissionId: string;
  }, options?: Options): Promise<Submission>;

  /**
   * Mark a submission, or note something beside it. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}/submissions/{submissionId}`
   */
  updateFormSubmission(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** The id of the submission. */
    submissionId: string;
    /** The body, application/json. */
    data?: SubmissionPatch;
  }, options?: Options): Promise<Submission>;

  /**
   * Delete a submission for good. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}/submissions/{submissionId}`
   */
  deleteFormSubmission(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** The id of the submission. */
    submissionId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * A file that came with a submission. Always a download, whatever it is: its type stands in the submission. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}/submissions/{submissionId}/files/{fileId}`
   */
  getFormSubmissionFile(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** The id of the submission. */
    submissionId: string;
    /** The id of the file. */
    fileId: string;
  }, options?: Options): Promise<ReadableStream<Uint8Array>>;

  /**
   * What was refused and not stored, by its reason. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}/blocked-submissions`
   */
  getFormBlockedSubmissions(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** How many days to look back; 30 when left out. */
    windowDays?: number;
  }, options?: Options): Promise<BlockedSubmissions>;

  /**
   * The e-mails about a submission. What became of them is known for as long as `keep-emails` says. Only those of one kind, state, createdAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}/submissions/{submissionId}/emails`
   */
  listFormSubmissionEmails(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** The id of the submission. */
    submissionId: string;
    /** Page number, from 1. */
    page?: number;
    /** Go on after the item that meta.next of the page before told, in the same order; instead of page. */
    after?: string;
    /** Items on a page. */
    pageSize?: number;
    /** Leave heavy fields out. */
    lite?: boolean;
    /** Field and direction. */
    sort?: string;
    /** Only items with this kind. */
    kind?: "notice" | "confirmation";
    /** Only items with this state. */
    state?: "queued" | "sent" | "failed" | "cancelled";
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
  }, options?: Options): Promise<SubmissionEmailList>;

  /**
   * Send an e-mail about a submission once more. One that still waits is refused with 409. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}/submissions/{submissionId}/emails/{emailId}/resend`
   */
  resendFormSubmissionEmail(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** The id of the submission. */
    submissionId: string;
    /** The id of the email. */
    emailId: string;
  }, options?: Options): Promise<SubmissionEmail>;

  /**
   * What was sent to a form as a file, newest first. CSV begins with a byte order mark; a text in it that a spreadsheet would take for a formula gets a quote in front. Columns are the fields that the form has, and those of older answers. A key needs the option `submissions`. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/apps/forms/{appId}/forms/{formId}/submissions/export`
   */
  exportFormSubmissions(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the app. */
    appId: string;
    /** The id of the form. */
    formId: string;
    /** How the file is written: `csv` when left out. */
    format?: "csv" | "xlsx" | "jsonl";
    /** What parts the cells of CSV: `comma` when left out. */
    separator?: "comma" | "semicolon";
    /** Only those with this mark. */
    mark?: "unread" | "read" | "spam";
    /** Only those that are found by these words: the newest 2,000. */
    search?: string;
  }, options?: Options): Promise<ReadableStream<Uint8Array>>;

  /**
   * All that one e-mail address has sent. In all forms of the project, also those in the trash: submissions of which one answer is this address. Some hundreds at a time, in the order of their ids; `next` leads on. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/form-senders/export`
   */
  exportFormSender(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: FormSender;
  }, options?: Options): Promise<SenderSubmissions>;

  /**
   * Erase all that one e-mail address has sent. With the e-mails about it and what webhooks were told of it. What is erased is written over in the database; backups still have it. Some hundreds are looked at at a time; `next` leads on. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/form-senders/erase`
   */
  eraseFormSender(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: FormSender;
  }, options?: Repeatable): Promise<ErasedSubmissions>;
}
