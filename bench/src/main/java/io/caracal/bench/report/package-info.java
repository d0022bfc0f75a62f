/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Figures and their output: {@link io.caracal.bench.report.Figure} with all its samples, the machine on which they were
 * measured, tables, JSON, and the promises against which figures are checked.
 */
package io.caracal.bench.report;
