// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/solver_input.h"
#include "ui/common/workspace.h"

#include <QFrame>

#include <stop_token>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace lifecycle {
struct Authority;
}

namespace ui {

class Banner;
class Form;
class SolverForm;

/// The named solvers: what they change and whose names are theirs, tried out without an order, added and removed.
class SolversCard : public QFrame {
    Q_OBJECT

public:
    explicit SolversCard(Workspace& workspace, QWidget* parent = nullptr);
    ~SolversCard() override;

    /// Reads them again.
    void refresh();

private:
    QWidget* makeListButtons();
    QWidget* makeAdding();
    void fill(const QList<challenge::SolverSettings>& solvers);
    void offerResolvers(const QList<lifecycle::Authority>& authorities);
    QString chosen() const;
    void allow();
    void test();
    void add();
    void confirmRemove();
    void remove(const QString& id);

    Workspace& m_workspace;
    Banner* m_banner;
    QTreeWidget* m_list;
    QLineEdit* m_name; ///< that a solver is tried out with
    QComboBox* m_seenBy; ///< whose resolvers find its zone then
    QPushButton* m_test;
    QPushButton* m_remove;
    QPushButton* m_adding;
    QWidget* m_addArea;
    Form* m_form;
    QLineEdit* m_newName;
    SolverForm* m_solver;
    QLineEdit* m_zones;
    std::stop_source m_stop;
};

} // namespace ui
