// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "challenge/solver_settings.h"

#include <QByteArray>
#include <QList>

namespace lifecycle {

/// The named ways of changing DNS records, each with its sealed secret: empty where it has none.
class SolverRepository {
public:
    virtual ~SolverRepository() = default;
    /// By name.
    virtual base::Task<base::Result<QList<challenge::SolverSettings>>> all() = 0;
    /// AlreadyExists about "name" when the name is taken, without regard to case.
    virtual base::Task<base::Result<void>> insert(challenge::SolverSettings settings, QByteArray sealedSecret) = 0;
    virtual base::Task<base::Result<void>> update(challenge::SolverSettings settings, QByteArray sealedSecret) = 0;
    /// Busy when certificates are proved with it; the detail says how many.
    virtual base::Task<base::Result<void>> remove(QString id) = 0;
    virtual base::Task<base::Result<QByteArray>> sealedSecret(QString id) = 0;
};

} // namespace lifecycle
