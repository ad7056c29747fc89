// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/solver_store.h"
#include <QHash>

namespace support {

/// Named solvers, kept in memory.
class MemorySolvers final : public challenge::SolverStore {
public:
    void insert(const challenge::SolverSettings& settings, base::Secret secret)
    {
        m_settings.append(settings);
        m_secrets.insert(settings.id, std::make_shared<const base::Secret>(std::move(secret)));
    }

    base::Task<base::Result<QList<challenge::SolverSettings>>> all() override { co_return std::as_const(m_settings); }

    base::Task<base::Result<std::shared_ptr<const base::Secret>>> secret(QString id) override
    {
        if (!m_secrets.contains(id))
            co_return base::failed(base::ErrorCode::NotFound, id);
        co_return m_secrets.value(id);
    }

private:
    QList<challenge::SolverSettings> m_settings;
    QHash<QString, std::shared_ptr<const base::Secret>> m_secrets;
};

} // namespace support
