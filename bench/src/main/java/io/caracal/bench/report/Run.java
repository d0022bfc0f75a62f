/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.List;
import java.util.Map;

/**
 * A run with all that a reader needs to judge and to repeat it: what was measured, and everything that the figures
 * depend on.
 *
 * @param machine    facts by name, see {@link Machine}.
 * @param servers    version, flags and durability by server.
 * @param parameters of the run, as text.
 * @param command    that repeats the whole run.
 * @param shapes     what each shape measures and how to repeat it alone, by name.
 * @param figures    what was measured, with notes and with facts that running servers told of themselves.
 * @param verdicts   on the promises; empty when these were not checked.
 */
public record Run(Map<String, String> machine, Map<String, String> servers, String parameters, String command,
    Map<String, String> shapes, Figures figures, List<Verdict> verdicts)
{
}
