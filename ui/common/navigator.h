// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

#include <QObject>

namespace ui {

/// The screens, in the order of the sidebar.
enum class ScreenId { Overview, Certificates, Orders, Accounts, Authorities, Activity, Settings };

/// How a screen asks for another one, or for a banner above all screens. The main window listens.
class Navigator : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void show(ScreenId screen) { Q_EMIT screenRequested(screen); }
    void showOrder(const QString& id) { Q_EMIT orderRequested(id); }
    void showCertificate(const QString& id) { Q_EMIT certificateRequested(id); }
    /// New certificate, with the authority chosen where its id is given.
    void newCertificate(const QString& authorityId = QString()) { Q_EMIT newCertificateRequested(authorityId); }
    void addAuthority() { Q_EMIT addAuthorityRequested(); }
    void registerAccount(const QString& authorityId) { Q_EMIT registerAccountRequested(authorityId); }
    /// The rules about names of an account, where they are edited.
    void showRules(const QString& authorityId, const QString& accountId)
    {
        Q_EMIT rulesRequested(authorityId, accountId);
    }
    /// The account's page of persistent records, with the one of `name` selected.
    void showPersistRecord(const QString& accountId, const QString& name)
    {
        Q_EMIT persistRecordRequested(accountId, name);
    }
    void startPractice() { Q_EMIT practiceRequested(); }
    void tell(const QString& good) { Q_EMIT successTold(good); }
    void tell(const base::Error& error) { Q_EMIT errorTold(error); }

Q_SIGNALS:
    void screenRequested(ui::ScreenId screen);
    void orderRequested(const QString& id);
    void certificateRequested(const QString& id);
    void newCertificateRequested(const QString& authorityId);
    void addAuthorityRequested();
    void registerAccountRequested(const QString& authorityId);
    void rulesRequested(const QString& authorityId, const QString& accountId);
    void persistRecordRequested(const QString& accountId, const QString& name);
    void practiceRequested();
    void successTold(const QString& good);
    void errorTold(const base::Error& error);
};

} // namespace ui
