// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace storage {

/// What required() says where the row of an object is not there.
inline const QString noSuchAccount = QStringLiteral("there is no such account");
inline const QString noSuchAuthority = QStringLiteral("there is no such authority");
inline const QString noSuchCertificate = QStringLiteral("there is no such certificate");
inline const QString noSuchCertificateVersion = QStringLiteral("there is no such certificate version");
inline const QString noSuchOrder = QStringLiteral("there is no such order");
inline const QString noSuchSolver = QStringLiteral("there is no such solver");

} // namespace storage
