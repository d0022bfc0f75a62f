/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

/** Sees records of {@link OutstandingChanges}. */
interface ChangeVisitor
{
    void onChange(Change change);
}
