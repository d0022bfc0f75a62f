/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The two epochs on disk. Imports {@code io.caracal.journal.duty} and {@code disk}, and the generated {@code format}.
 * <p>
 * Begin with {@link io.caracal.journal.epoch.FileEpochStore}.
 */
package io.caracal.journal.epoch;
