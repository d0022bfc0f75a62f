/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What all lines of the log have in common, whichever part of a server writes them. Imports nothing of the server.
 */
package io.caracal.server.log;
