/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

/** The outcome of presenting credentials. */
public enum AuthOutcome
{
    /** Accepted: reply without error. */
    ACCEPTED,
    /** Refused: reply AUTH_FAILED, then close. */
    FAILED,
    /** The client meant another ensemble: close without a reply, so that the client tries another server. */
    WRONG_ENSEMBLE
}
