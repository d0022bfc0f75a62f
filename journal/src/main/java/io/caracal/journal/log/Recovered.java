/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

/**
 * The end of the history that survived.
 *
 * @param lastZxid    of the last record, or where the log begins when it holds none.
 * @param cutPosition end of that record in the last segment, if that is open.
 */
record Recovered(long lastZxid, long cutPosition)
{
}
