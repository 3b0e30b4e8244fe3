// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type {
  File,
  FileContent,
  FileFolder,
  FileFolderDeleted,
  FileFolderList,
  FileFolderNew,
  FileFolderPatch,
  FileHitList,
  FileLink,
  FileLinkNew,
  FileList,
  FilePatch,
  FileRefList,
  FileSave,
  FileText,
  FileTrashEmptied,
  FileTrashEmpty,
  FileTrashErase,
  FileTrashItemList,
  FileTrashRestore,
  FileTrashRestored,
  FileUpload,
  FileUploadList,
  FileUploadNew,
  FileVersion,
  FileVersionList,
  FilesUploaded,
  Ok,
} from "./schemas.js";
import type { Options, Raw, Repeatable } from "../transport.js";

/** Files of a project: their bytes, what is said of them, their folders, and their own trash. */
export interface ProjectFilesResource {
  /**
   * The files of a project. Only those of one filename, originalFilename, mimeType, isPublic, grounding, folderId, permissionGroup, uploadedBy, uploadedAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/files`
   */
  listFiles(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
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
    /** Words to look for in filename, originalFilename, title, description. */
    search?: string;
    /** Only items with this filename. */
    filename?: string;
    /** Only items with this originalFilename. */
    originalFilename?: string;
    /** Only items with this mimeType. */
    mimeType?: string;
    /** Only items with this isPublic. */
    isPublic?: boolean;
    /** Only items with this grounding. */
    grounding?: "fact" | "context";
    /** Only items with this folderId. */
    folderId?: string;
    /** Only items with this permissionGroup. */
    permissionGroup?: string;
    /** Only items with this uploadedBy. */
    uploadedBy?: string;
    /** Only items with this uploadedAt. */
    uploadedAt?: string;
    /** Only items with this uploadedAt or a later one. */
    uploadedAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<FileList>;

  /**
   * Keep files that are sent with a form. Up to 100 files, each a part with a name; what stands in the fields beside them is said of all. All of them are kept or none. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/files`
   */
  uploadFiles(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, multipart/form-data. */
    data: Raw;
  }, options?: Repeatable): Promise<FilesUploaded>;

  /**
   * Keep a file that is sent as text or in base64. Its type is what its bytes are, whatever it is called. At most 20 MB; longer ones come in by the routes for uploads. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/files/save`
   */
  saveFile(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: FileSave;
  }, options?: Repeatable): Promise<File>;

  /**
   * A file. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/files/{fileId}`
   */
  getFile(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the file. */
    fileId: string;
  }, options?: Options): Promise<File>;

  /**
   * Rename, move or describe a file. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/files/{fileId}`
   */
  updateFile(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the file. */
    fileId: string;
    /** The body, application/json. */
    data?: FilePatch;
  }, options?: Options): Promise<File>;

  /**
   * Move a file to the trash. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/files/{fileId}`
   */
  deleteFile(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the file. */
    fileId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * What is in a text or a picture. Of a text as it is, of a picture in base64; more than 10 MB, and what is neither, is not found. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/files/{fileId}/open`
   */
  openFile(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the file. */
    fileId: string;
  }, options?: Options): Promise<FileContent>;

  /**
   * Put other bytes in the place of those of a file. Its id and its address stay, its type is that of the new bytes. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/files/{fileId}/content`
   */
  uploadFileContent(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the file. */
    fileId: string;
    /** The body, multipart/form-data. */
    data: Raw;
  }, options?: Options): Promise<File>;

  /**
   * Put another text in the place of that of a file. Its id and its address stay. Needs a token.
   *
   * `PUT /api/organizations/{organizationId}/projects/{projectId}/files/{fileId}/content`
   */
  replaceFileContent(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the file. */
    fileId: string;
    /** The body, application/json. */
    data: FileText;
  }, options?: Options): Promise<File>;

  /**
   * An address of a file that is good for a while. Whoever has it sees the file, public or not, until it ends: at most a week. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/files/{fileId}/link`
   */
  createFileLink(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the file. */
    fileId: string;
    /** The body, application/json. */
    data?: FileLinkNew;
  }, options?: Repeatable): Promise<FileLink>;

  /**
   * What refers to a file. Only those of one type, id where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/files/{fileId}/references`
   */
  listFileReferences(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the file. */
    fileId: string;
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
    /** Words to look for in name. */
    search?: string;
    /** Only items with this type. */
    type?: string;
    /** Only items with this id. */
    id?: string;
  }, options?: Options): Promise<FileRefList>;

  /**
   * What was in a file before, newest first. Only those of one version, createdAt, createdBy where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/files/{fileId}/versions`
   */
  listFileVersions(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the file. */
    fileId: string;
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
    /** Only items with this version. */
    version?: number;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this createdBy. */
    createdBy?: string;
  }, options?: Options): Promise<FileVersionList>;

  /**
   * What was in a file before. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/files/{fileId}/versions/{versionId}`
   */
  getFileVersion(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the file. */
    fileId: string;
    /** The id of the version. */
    versionId: string;
  }, options?: Options): Promise<FileVersion>;

  /**
   * Forget for good what was in a file. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/files/{fileId}/versions/{versionId}`
   */
  deleteFileVersion(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the file. */
    fileId: string;
    /** The id of the version. */
    versionId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * Bring back what was in a file. What is in the file now becomes a version itself. Its id and its address stay, and so does what is said of it. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/files/{fileId}/versions/{versionId}/restore`
   */
  restoreFileVersion(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the file. */
    fileId: string;
    /** The id of the version. */
    versionId: string;
  }, options?: Options): Promise<File>;

  /**
   * Find files by words. Names, titles, texts instead of pictures, captions, descriptions, and what is written in texts, Markdown and pages. The best first. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/files/search`
   */
  searchFiles(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** Words. */
    query: string;
    /** Only files whose type begins so, such as image/. */
    mimeType?: string;
    /** Only files with this in their names. */
    filename?: string;
    /** Only what answers as well as this, from 0 to 1. */
    similarity?: number;
    /** The same as pageSize. */
    limit?: number;
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
  }, options?: Options): Promise<FileHitList>;

  /**
   * The folders of a project's files. Only those of one name, slug, parentId, createdBy, createdAt, updatedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/files/folders`
   */
  listFileFolders(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
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
    /** Words to look for in name. */
    search?: string;
    /** Only items with this name. */
    name?: string;
    /** Only items with this slug. */
    slug?: string;
    /** Only items with this parentId. */
    parentId?: string;
    /** Only items with this createdBy. */
    createdBy?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
    /** Only items with this updatedAt. */
    updatedAt?: string;
    /** Only items with this updatedAt or a later one. */
    updatedAt_gte?: string;
  }, options?: Options): Promise<FileFolderList>;

  /**
   * Make a folder. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/files/folders`
   */
  createFileFolder(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: FileFolderNew;
  }, options?: Repeatable): Promise<FileFolder>;

  /**
   * A folder. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/file-folders/{folderId}`
   */
  getFileFolder(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the folder. */
    folderId: string;
  }, options?: Options): Promise<FileFolder>;

  /**
   * Rename or move a folder. Needs a token.
   *
   * `PATCH /api/organizations/{organizationId}/projects/{projectId}/file-folders/{folderId}`
   */
  updateFileFolder(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the folder. */
    folderId: string;
    /** The body, application/json. */
    data?: FileFolderPatch;
  }, options?: Options): Promise<FileFolder>;

  /**
   * Move a folder to the trash with all that is in it. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/file-folders/{folderId}`
   */
  deleteFileFolder(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the folder. */
    folderId: string;
  }, options?: Options): Promise<FileFolderDeleted>;

  /**
   * Files and folders that were deleted, newest first. Only those of one type, mimeType, parentId, deletedBy, deletedAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/files/trash`
   */
  listFileTrash(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
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
    /** Words to look for in name. */
    search?: string;
    /** Only items with this type. */
    type?: "file" | "folder";
    /** Only items with this mimeType. */
    mimeType?: string;
    /** Only items with this parentId. */
    parentId?: string;
    /** Only items with this deletedBy. */
    deletedBy?: string;
    /** Only items with this deletedAt. */
    deletedAt?: string;
    /** Only items with this deletedAt or a later one. */
    deletedAt_gte?: string;
  }, options?: Options): Promise<FileTrashItemList>;

  /**
   * Delete for good what is in the trash of files. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/files/trash/empty`
   */
  emptyFileTrash(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data?: FileTrashEmpty;
  }, options?: Options): Promise<FileTrashEmptied>;

  /**
   * Take a file or a folder out of the trash. A file whose folder is in the trash itself comes back at the root. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/files/trash/{itemId}/restore`
   */
  restoreFileTrashItem(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the item. */
    itemId: string;
    /** The body, application/json. */
    data: FileTrashRestore;
  }, options?: Repeatable): Promise<FileTrashRestored>;

  /**
   * Delete something in the trash for good. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/file-trash/{itemId}`
   */
  permanentDeleteFileTrashItem(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the item. */
    itemId: string;
    /** The body, application/json. */
    data: FileTrashErase;
  }, options?: Options): Promise<Ok>;

  /**
   * Uploads in parts that have begun and not ended. Yours; all of the project for whoever manages it, who may cancel them, too. What has not gone on for an hour gives way where there are 100. Only those of one startedBy, createdAt where that is given. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/file-uploads`
   */
  listFileUploads(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
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
    /** Only items with this startedBy. */
    startedBy?: string;
    /** Only items with this createdAt. */
    createdAt?: string;
    /** Only items with this createdAt or a later one. */
    createdAt_gte?: string;
  }, options?: Options): Promise<FileUploadList>;

  /**
   * Begin an upload in parts. Each part has 8 MiB but for the last, and may be sent again. What does not go on for a day is given up. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/file-uploads`
   */
  startFileUpload(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The body, application/json. */
    data: FileUploadNew;
  }, options?: Repeatable): Promise<FileUpload>;

  /**
   * An upload in parts, and which of them came. Needs a token.
   *
   * `GET /api/organizations/{organizationId}/projects/{projectId}/file-uploads/{uploadId}`
   */
  getFileUpload(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the upload. */
    uploadId: string;
  }, options?: Options): Promise<FileUpload>;

  /**
   * Give an upload in parts up. Needs a token.
   *
   * `DELETE /api/organizations/{organizationId}/projects/{projectId}/file-uploads/{uploadId}`
   */
  cancelFileUpload(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the upload. */
    uploadId: string;
  }, options?: Options): Promise<Ok>;

  /**
   * Send a part of an upload. Needs a token.
   *
   * `PUT /api/organizations/{organizationId}/projects/{projectId}/file-uploads/{uploadId}/parts/{part}`
   */
  uploadFilePart(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the upload. */
    uploadId: string;
    /** The slug. */
    part: string;
    /** The body, application/octet-stream. */
    data: Raw;
  }, options?: Options): Promise<FileUpload>;

  /**
   * Make the file of an upload whose parts have all come. Under an Idempotency-Key it may be sent again, and makes one thing only. Needs a token.
   *
   * `POST /api/organizations/{organizationId}/projects/{projectId}/file-uploads/{uploadId}/finish`
   */
  finishFileUpload(of: {
    /** The id of the organization. */
    organizationId: string;
    /** The id of the project. */
    projectId: string;
    /** The id of the upload. */
    uploadId: string;
  }, options?: Repeatable): Promise<File>;
}
