/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The common base of all commands that measure servers side by side. {@link io.caracal.bench.run.RunOptions} holds the
 * options of the command line, a {@link io.caracal.bench.run.Part} measures, and
 * {@link io.caracal.bench.run.RunPipeline} does what is the same for all parts: directory, progress, report, page,
 * promises. This package knows no server and no shape.
 */
package io.caracal.bench.run;
