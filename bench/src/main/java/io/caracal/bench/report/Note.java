/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

/**
 * A remark that no figure shows, such as what was left out and why, or what clients noticed.
 *
 * @param shape that the note is about; {@link #RUN} for the whole run.
 * @param text  for people.
 */
public record Note(String shape, String text)
{
    /** Stands for the whole run in place of a shape. */
    public static final String RUN = "";
}
