/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import java.io.IOException;

/** Answers the requests whose path begins with the path under which the page was added. */
@FunctionalInterface
public interface Page
{
    /**
     * Answers one request.
     *
     * @param request to be answered.
     * @return the answer.
     * @throws IOException when the request cannot be read.
     */
    Reply answer(Request request) throws IOException;
}
