// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/certificate_manager.h"
#include "ui/common/screen.h"
#include "ui/overview/overview_lines.h"

#include <QHash>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace ui {

class Banner;

/// What there is to know at a glance: one sentence, what needs the operator, and what happens next.
class OverviewScreen : public Screen {
    Q_OBJECT

public:
    explicit OverviewScreen(Workspace& workspace);

    void refresh() override;
    lifecycle::Changes interests() const override;

private:
    QWidget* makeSummary();
    QWidget* makeEmpty();
    QWidget* makeFirstCertificate();
    void takeOverview(const lifecycle::Overview& overview);
    void takeOrders(const QList<lifecycle::OrderRow>& orders);
    /// A certificate that waits for a request from where its key is.
    OverviewLine csrLine(const lifecycle::CertificateRow& row);
    OverviewLine lineOf(const lifecycle::OrderRow& order, const Status& status);
    OverviewLine lineOf(const lifecycle::PersistRecord& record, const QDateTime& now);
    OverviewLine lineOf(const lifecycle::AuthorityCondition& condition, const QDateTime& now);
    void showNeeds();
    /// What proves every order and is missing, or ends soon.
    void takeRecords(const QList<lifecycle::PersistRecord>& records);
    void takeRenewals(const QList<lifecycle::CertificateRow>& rows);
    void takeAuthorities(const QList<lifecycle::Authority>& authorities);
    void tellStopped(const QStringList& names);
    void showConditions(const QList<lifecycle::AuthorityCondition>& conditions);
    void showEmptyOrNot();

    QStackedWidget* m_pages;
    Banner* m_banner;
    QLabel* m_icon;
    QPushButton* m_sentence;
    QLabel* m_renewalNote;
    QWidget* m_needsCard;
    OverviewLines* m_needs;
    OverviewLines* m_renewals;
    OverviewLines* m_authorityLines;
    QList<OverviewLine> m_orderNeeds; ///< what of the orders needs the operator, whatever else does
    QList<OverviewLine> m_recordNeeds;
    QList<OverviewLine> m_csrNeeds;
    QHash<QString, QString> m_authorityNames; ///< by id
    QString m_stopped; ///< the names of stopped authorities, as told
    int m_certificates = 0;
    int m_authorities = 0;
    int m_orders = 0;
};

} // namespace ui
