/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Figures and how they are shown: {@link io.caracal.bench.report.Figure} with all its samples, the machine they were
 * made on, tables, JSON, and the promises that they are held against.
 */
package io.caracal.bench.report;
