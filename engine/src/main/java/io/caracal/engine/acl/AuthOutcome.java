/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

/** What becomes of credentials. */
public enum AuthOutcome
{
    /** Taken: reply without error. */
    ACCEPTED,
    /** Refused: reply AUTH_FAILED, then close. */
    FAILED,
    /** The client meant another ensemble: close without a reply, so that it tries another server. */
    WRONG_ENSEMBLE
}
