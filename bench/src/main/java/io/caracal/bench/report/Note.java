/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

/**
 * Something that a run has to tell and that no figure shows: what was left out and why, what clients noticed.
 *
 * @param shape that it is about; {@link #RUN} when it is about all of them.
 * @param text  for people.
 */
public record Note(String shape, String text)
{
    /** Stands for the whole run where a shape is named. */
    public static final String RUN = "";
}
