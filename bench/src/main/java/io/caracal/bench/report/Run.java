/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.util.List;
import java.util.Map;

/**
 * A run as a reader judges it and repeats it: what was measured, and everything that it depends on.
 *
 * @param machine    facts by name, see {@link Machine}.
 * @param servers    version, flags and durability by server.
 * @param parameters of the run, as text.
 * @param command    that repeats all of it.
 * @param shapes     what each shape measures and how to repeat it alone, by name.
 * @param figures    what was measured, with remarks and what running servers told of themselves.
 * @param verdicts   of the promises; empty when they were not asked for.
 */
public record Run(Map<String, String> machine, Map<String, String> servers, String parameters, String command,
    Map<String, String> shapes, Figures figures, List<Verdict> verdicts)
{
}
