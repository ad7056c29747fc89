// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <QList>

namespace lifecycle {

/// What an authority refused name by name, to be told as one error.
class NameRefusals {
public:
    void add(const QString& name, base::Error error);
    bool isEmpty() const { return m_refusals.isEmpty(); }

    /// The only one as it is; several as a problem "compound" with one subproblem a name, in the authority's words (RFC
    /// 8555 section 6.7.1). There must be one.
    base::Error error() const;

private:
    struct Refusal {
        QString name;
        base::Error error;
    };

    QList<Refusal> m_refusals;
};

} // namespace lifecycle
