// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/random.h"

#include <QtEndian>

namespace dns {

/// An id that cannot be guessed, so that replies cannot be forged blindly (RFC 5452 section 9.2).
inline quint16 randomMessageId()
{
    return qFromBigEndian<quint16>(crypto::randomBytes(sizeof(quint16)).constData());
}

} // namespace dns
