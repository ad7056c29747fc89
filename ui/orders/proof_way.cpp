// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/proof_way.h"

#include "lifecycle/authority.h"

namespace ui {

using namespace Qt::StringLiterals;

QString proofKey(const lifecycle::Authority& authority, const QString& what)
{
    return u"proof/%1/%2"_s.arg(authority.id, what);
}

} // namespace ui
