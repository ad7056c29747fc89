// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/fresh_csr_dialog.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/banner.h"
#include "ui/common/certificate_words.h"
#include "ui/common/widgets.h"
#include "ui/orders/csr_field.h"

#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

} // namespace

FreshCsrDialog::FreshCsrDialog(Workspace& workspace, const QString& certificateId, const QStringList& names,
                               QWidget* parent)
    : RequestDialog(u"freshCsrBanner"_s, parent)
    , m_workspace(workspace)
    , m_certificateId(certificateId)
    , m_csr(new CsrField)
    , m_cancel(makeButton(tr("Ca&ncel"), u"freshCsrCancel"_s))
    , m_renew(makePrimaryButton(tr("&Renew"), u"freshCsrRenew"_s))
{
    setObjectName(u"freshCsrDialog"_s);
    setWindowTitle(tr("Renew “%1”").arg(namesText(names)));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_renew);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(pageSpacing);
    layout->addWidget(
        makeLabel(tr("The key of this certificate is elsewhere. Make a new certificate request there, for "
                     "the same names, and give it here.")));
    layout->addWidget(m_csr);
    layout->addWidget(banner());
    layout->addLayout(buttons);
    m_renew->setEnabled(false);
    m_renew->setDefault(true);
    connect(m_csr, &CsrField::changed, this, [this] { m_renew->setEnabled(m_csr->request().has_value()); });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_renew, &QPushButton::clicked, this, &FreshCsrDialog::renew);
    resize(dialogWidth, sizeHint().height());
}

void FreshCsrDialog::renew()
{
    beginRequest(tr("Placing the order…"), {m_csr, m_cancel, m_renew});
    const auto reply = [this](base::Result<QString> order) {
        endRequest();
        if (!order)
            return banner()->showError(order.error());
        Q_EMIT placed(*order);
        accept();
    };
    m_workspace.manager.renewCertificateWith(m_certificateId, m_csr->request()->der, this, reply);
}

} // namespace ui
