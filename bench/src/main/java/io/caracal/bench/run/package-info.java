/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is common to all that measures servers side by side: {@link io.caracal.bench.run.RunOptions} is what can be
 * asked on the command line, a {@link io.caracal.bench.run.Part} measures, {@link io.caracal.bench.run.RunPipeline}
 * does what is the same for all of them: directory, progress, report, page, promises. Knows no server and no shape.
 */
package io.caracal.bench.run;
