// Made by generate.mjs from the OpenAPI document; a change by hand is lost.
import type { Echo, OpenApi } from "./schemas.js";
import type { Options } from "../transport.js";

/** The instance itself. */
export interface HealthResource {
  /**
   * Whether the instance is alive. Needs no token.
   *
   * `GET /api/health/echo`
   */
  getHealthEcho(of?: Record<never, never>, options?: Options): Promise<Echo>;

  /**
   * This document. Needs no token.
   *
   * `GET /api/openapi.json`
   */
  getOpenapi(of?: Record<never, never>, options?: Options): Promise<OpenApi>;
}
