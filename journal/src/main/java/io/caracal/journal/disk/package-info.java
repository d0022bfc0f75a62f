/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The file system as the journal uses it: the calls whose failure or order matters, a small record that survives a torn
 * write, and the layout of the files. Imports nothing from the other packages of the module.
 * <p>
 * Begin with {@link io.caracal.journal.disk.DataLayout}, {@link io.caracal.journal.disk.FileSystemCalls} and
 * {@link io.caracal.journal.disk.TwoSlotFile}.
 */
package io.caracal.journal.disk;
