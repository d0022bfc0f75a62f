/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

/** Receives records of {@link OutstandingChanges}. */
interface ChangeVisitor
{
    void onChange(Change change);
}
