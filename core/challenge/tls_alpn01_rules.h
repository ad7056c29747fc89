// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "challenge/solver.h"

#include <QString>

namespace challenge {

/// The server name that an authority asks for: the DNS name itself (RFC 8737 section 3), for an IP address its reverse
/// name below in-addr.arpa or ip6.arpa (RFC 8738 section 6).
QString tlsAlpn01ServerName(const base::Identifier& identifier);
/// Where the authority connects to, and the digest in the certificate that it has to see, in hexadecimal.
Expectation tlsAlpn01Expectation(const Answer& answer);

} // namespace challenge
